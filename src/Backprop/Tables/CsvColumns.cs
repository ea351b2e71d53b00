namespace Backprop;

/// <summary>Which columns of a CSV file are read, and as what.</summary>
static class CsvColumns
{
    /// <summary>The columns that are wanted, in the order of the file.</summary>
    /// <exception cref="BackpropException">A name is not in the header, or no column is left.</exception>
    public static CsvColumn[] Choose(CsvContext context, CsvHeader header, CsvOptions options)
    {
        string[] names = header.Names;
        HashSet<string> only = Named(options.Only);
        HashSet<string> ignored = Named(options.Ignore);
        HashSet<string> kept = Named(options.KeepText);
        Named(options.Types?.Keys);
        Named(options.Numbers?.Keys);
        bool IsRead(string name) => !ignored.Contains(name) && (options.Only is null || only.Contains(name));

        int[] chosen = [.. Enumerable.Range(0, names.Length).Where(i => IsRead(names[i]) || kept.Contains(names[i]))];
        if (chosen.Length == 0)
            throw new BackpropException($"{context.Source} has no columns left: all {names.Length} are ignored.");
        return Array.ConvertAll(chosen, i => Create(i, chosen.Length));

        CsvColumn Create(int index, int columns)
        {
            string name = names[index];
            bool keepText = kept.Contains(name);
            if (!IsRead(name))
                return new CsvColumn(context, name, index, columns, given: null, keepText, "only its text is kept");
            ColumnKind? given = options.Types is { } types && types.TryGetValue(name, out ColumnKind kind) ? kind : null;
            string? reason = given is ColumnKind.Text or ColumnKind.Identifier ? "its type was given"
                : given is null && index == 0 && header.HasRowNames ? "it names the rows"
                : null;
            return new CsvColumn(context, name, index, columns, given, keepText, reason)
            {
                MayBeIndex = header.MayBeIndex(index),
            };
        }

        HashSet<string> Named(IEnumerable<string>? wanted)
        {
            // Nobody can mean a name that was made up just now.
            string[] own = [.. names.Where((_, place) => !header.IsMadeUp(place))];
            var known = new HashSet<string>(names, StringComparer.Ordinal);
            var result = new HashSet<string>(wanted ?? [], StringComparer.Ordinal);
            foreach (string name in result)
            {
                if (!known.Contains(name))
                    throw new BackpropException($"{context.Source} has no column '{name}'{NearestName.Ending(name, own)}");
            }

            return result;
        }
    }

    /// <summary>For each place in a line the column that is read there, or null.</summary>
    public static CsvColumn?[] ByPlace(CsvColumn[] columns, int cells)
    {
        var places = new CsvColumn?[cells];
        foreach (CsvColumn column in columns)
            places[column.Index] = column;
        return places;
    }
}

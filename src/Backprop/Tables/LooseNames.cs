namespace Backprop;

/// <summary>
/// Finds columns by names that a program cannot write as the table that it learnt from does: <c>SepalLength</c> for
/// <c>sepal_length</c>, <c>RetailPrice</c> for <c>Retail Price</c>.
/// </summary>
static class LooseNames
{
    /// <summary>The table with those of its columns called as wanted that fit one wanted name alone, and alone.</summary>
    /// <param name="table">A table; one whose names are those of a file stays as it is.</param>
    /// <param name="wanted">The names that are needed.</param>
    /// <exception cref="BackpropException">Which column is meant by a name is in doubt.</exception>
    public static Table Find(Table table, IReadOnlyCollection<string> wanted)
    {
        if (!table.HasLooseNames || wanted.All(name => table.TryGetColumn(name, out _)))
            return table;

        var exact = new HashSet<string>(wanted, StringComparer.Ordinal);
        ILookup<string, Column> left = table.Columns.Where(column => !exact.Contains(column.Name)).ToLookup(
            column => Letters(column.Name), StringComparer.Ordinal);
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<string, string> alike in wanted.Distinct(StringComparer.Ordinal)
            .Where(name => !table.TryGetColumn(name, out _)).GroupBy(Letters, StringComparer.Ordinal))
        {
            Column[] found = alike.Key.Length == 0 ? [] : [.. left[alike.Key]];
            if (found.Length > 1 || (found.Length == 1 && alike.Count() > 1))
            {
                throw new BackpropException(
                    $"{table.Source}: {Listed(found.Select(column => column.Name))} may be {Listed(alike)}; say which is which, "
                    + $"a property by [ColumnName(\"{alike.First()}\")].");
            }

            if (found.Length == 1)
                named.Add(found[0].Name, alike.First());
        }

        return table.With(column => named.TryGetValue(column.Name, out string? name) ? column.Named(name) : column);
    }

    /// <summary>The letters and digits of a name, in small letters.</summary>
    static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    static string Listed(IEnumerable<string> names) => string.Join(" or ", names.Select(name => $"'{name}'"));
}

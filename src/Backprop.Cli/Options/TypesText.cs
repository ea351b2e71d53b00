namespace Backprop.Cli;

/// <summary>Kinds of columns as the command line writes them: <c>a=number,b=category</c>.</summary>
static class TypesText
{
    static readonly Dictionary<string, ColumnKind> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["number"] = ColumnKind.Number,
        ["category"] = ColumnKind.Category,
        ["yesno"] = ColumnKind.YesNo,
        ["text"] = ColumnKind.Text,
    };

    /// <summary>The kinds in some texts.</summary>
    /// <param name="texts">The flag's values.</param>
    /// <param name="known">The columns that there are.</param>
    /// <exception cref="BackpropException">A text is not of that form.</exception>
    public static Dictionary<string, ColumnKind> Parse(IEnumerable<string> texts, IReadOnlyCollection<string> known)
    {
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach ((string name, string? kind) in texts.SelectMany(text => QuotedList.Assignments(text, s_kinds.ContainsKey)))
        {
            if (kind is null)
            {
                throw new BackpropException(
                    $"'{name}' in --types is not of the form column=kind, the kind being {string.Join(", ", s_kinds.Keys)}.");
            }

            kinds[ColumnNames.One(name, known)] = s_kinds[kind];
        }

        return kinds;
    }
}

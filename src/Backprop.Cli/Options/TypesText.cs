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

    public static Dictionary<string, ColumnKind> Parse(IEnumerable<string> texts)
    {
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach (string part in texts.SelectMany(text => text.Split(',')))
        {
            int equals = part.LastIndexOf('=');
            if (equals < 1 || !s_kinds.TryGetValue(part[(equals + 1)..].Trim(), out ColumnKind kind))
            {
                throw new BackpropException(
                    $"'{part}' in --types is not of the form column=kind, the kind being {string.Join(", ", s_kinds.Keys)}.");
            }

            kinds[part[..equals].Trim()] = kind;
        }

        return kinds;
    }
}

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

    /// <summary>What other tools call kinds.</summary>
    static readonly Dictionary<string, ColumnKind> s_synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["numeric"] = ColumnKind.Number,
        ["num"] = ColumnKind.Number,
        ["numbers"] = ColumnKind.Number,
        ["int"] = ColumnKind.Number,
        ["integer"] = ColumnKind.Number,
        ["int32"] = ColumnKind.Number,
        ["int64"] = ColumnKind.Number,
        ["float"] = ColumnKind.Number,
        ["float32"] = ColumnKind.Number,
        ["float64"] = ColumnKind.Number,
        ["double"] = ColumnKind.Number,
        ["decimal"] = ColumnKind.Number,
        ["real"] = ColumnKind.Number,
        ["categorical"] = ColumnKind.Category,
        ["categories"] = ColumnKind.Category,
        ["cat"] = ColumnKind.Category,
        ["factor"] = ColumnKind.Category,
        ["class"] = ColumnKind.Category,
        ["nominal"] = ColumnKind.Category,
        ["bool"] = ColumnKind.YesNo,
        ["boolean"] = ColumnKind.YesNo,
        ["logical"] = ColumnKind.YesNo,
        ["yes/no"] = ColumnKind.YesNo,
        ["yes-no"] = ColumnKind.YesNo,
    };

    /// <summary>Words for what is two kinds here, or none.</summary>
    static readonly Dictionary<string, string> s_doubtful = new(StringComparer.OrdinalIgnoreCase)
    {
        ["str"] = ForTexts,
        ["string"] = ForTexts,
        ["object"] = ForTexts,
        ["character"] = ForTexts,
        ["char"] = ForTexts,
        ["date"] = ForDates,
        ["datetime"] = ForDates,
        ["timestamp"] = ForDates,
        ["time"] = ForDates,
    };

    const string ForTexts = "category takes each text for a category, text leaves the column out";
    const string ForDates =
        "dates are not learnt from; make numbers of them (a year, days since another), or say text, which leaves them out";

    /// <summary>The kinds in some texts.</summary>
    /// <param name="texts">The flag's values.</param>
    /// <param name="known">The columns that there are.</param>
    /// <exception cref="BackpropException">A text is not of that form.</exception>
    public static Dictionary<string, ColumnKind> Parse(IEnumerable<string> texts, IReadOnlyCollection<string> known)
    {
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.Ordinal);
        foreach ((string name, string? kind) in texts.SelectMany(text => QuotedList.Assignments(text, IsWord)))
        {
            if (kind is null)
            {
                throw new BackpropException(
                    $"'{name}' in --types is not of the form column=kind, the kind being {string.Join(", ", s_kinds.Keys)}.");
            }

            if (s_doubtful.TryGetValue(kind, out string? kindsOfIt))
                throw new BackpropException($"There is no kind '{kind}' for '{name}' in --types: {kindsOfIt}.");
            kinds[ColumnNames.One(name, known)] = s_kinds.TryGetValue(kind, out ColumnKind named) ? named : s_synonyms[kind];
        }

        return kinds;
    }

    static bool IsWord(string text) => s_kinds.ContainsKey(text) || s_synonyms.ContainsKey(text) || s_doubtful.ContainsKey(text);
}

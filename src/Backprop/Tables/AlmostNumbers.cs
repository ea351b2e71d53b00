namespace Backprop;

/// <summary>What a column read as texts has to do with numbers, to be said where numbers were meant.</summary>
static class AlmostNumbers
{
    const int Listed = 3;

    /// <summary>Whether a text is a number in no form.</summary>
    public static bool IsOther(string text) => !NumberEvidence.IsNumber(text);

    /// <summary>Some of the column's texts that are no numbers.</summary>
    public static string[] Others(Column column) => [.. Texts(column).Where(IsOther).Take(Listed + 1)];

    /// <summary>Whether more of its cells are numbers than are none.</summary>
    public static bool AreMost(Column column) =>
        column is { NumberCells: var (numbers, others), Kind: ColumnKind.Category or ColumnKind.Text } && others > 0
            && numbers > others;

    /// <summary>Whether all its texts are numbers in one form, and no codes such as 007.</summary>
    public static bool AreAll(Column column)
    {
        var evidence = NumberEvidence.Of(Texts(column));
        return column.Kind is ColumnKind.Category or ColumnKind.Text && column.NumberCells.Others == 0
            && evidence.IsOnlyNumbers && evidence.Code is null;
    }

    /// <summary>Whether all its texts are numbers with the one decimal sign that a file was said not to have.</summary>
    public static bool HaveOtherSign(Column column, char? decimalSign) =>
        decimalSign is not null && AreAll(column) && NumberEvidence.Of(Texts(column)).Unit is ("", "");

    /// <summary>What a column is most of whose cells are numbers, as the beginning of a sentence.</summary>
    public static string Sentence(Column column)
    {
        (long numbers, long others) = column.NumberCells;
        string[] texts = Others(column);
        string shown = texts.Length == 0 ? "" : ": "
            + string.Join(", ", texts.Take(Listed).Select(static text => CsvContext.Quoted(text)))
                + (texts.Length > Listed ? ", …" : "");
        return $"{numbers} of its {numbers + others} cells are numbers, "
            + $"{(others == 1 ? "one is not" : $"{others} are not")}{shown}";
    }

    /// <summary>The flag by which its texts mean missing.</summary>
    public static string Missing(Column column) =>
        Others(column) is [_, ..] texts ? MissingTokens.Advice(texts.Take(Listed)) : "--missing";

    static IEnumerable<string> Texts(Column column) => column.Kind == ColumnKind.Text ? column.SampleTexts : column.Categories;
}

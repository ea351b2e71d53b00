namespace Backprop;

/// <summary>What all columns of a file share while they are read, and how their troubles are put into words.</summary>
sealed class CsvContext(string source, CsvOptions options)
{
    public string Source => source;

    public char DecimalSign { get; } = options.Decimal;

    /// <summary>Whether a text in a column of numbers counts as missing.</summary>
    public bool TakesStrays(string column) => options.StrayTexts?.Contains(column, StringComparer.Ordinal) == true;

    public MissingTokens Missing { get; } = new(options.MissingTokens);

    public BackpropException AtLine(long line, string what) => new($"{source}, line {line}: {what}");

    public BackpropException AtCell(long line, string column, string what)
        => new($"{source}, line {line}, column '{column}': {what}");

    /// <summary>A cell in quotes, short enough for a sentence and without anything that moves a terminal's cursor.</summary>
    public static string Quoted(ReadOnlySpan<char> cell)
    {
        const int Longest = 40;
        Span<char> shown = stackalloc char[Math.Min(cell.Length, Longest)];
        for (int i = 0; i < shown.Length; i++)
            shown[i] = char.IsControl(cell[i]) ? ' ' : cell[i];
        return cell.Length > Longest ? $"'{shown}…'" : $"'{shown}'";
    }
}

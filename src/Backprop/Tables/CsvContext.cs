namespace Backprop;

/// <summary>What all columns of a file share while they are read, and how their troubles are put into words.</summary>
sealed class CsvContext(string source, CsvOptions options)
{
    public string Source => source;

    /// <summary>The decimal sign that somebody said; null where the columns tell.</summary>
    public char? GivenDecimal { get; } = options.Decimal;

    /// <summary>The decimal sign of plain numbers.</summary>
    public char DecimalSign { get; } = options.Decimal ?? '.';

    /// <summary>The texts that mean missing among numbers.</summary>
    public MissingTokens MissingInNumbers { get; } = new(options.MissingInNumbers);

    /// <summary>Whether a text in a column of numbers counts as missing.</summary>
    public bool TakesStrays(string column) => options.StrayTexts?.Contains(column, StringComparer.Ordinal) == true;

    public MissingTokens Missing { get; } = new(options.MissingTokens);

    /// <summary>How a column writes its numbers, where somebody said so.</summary>
    public NumberFormat? FormatOf(string column) => options.Numbers?.GetValueOrDefault(column);

    /// <summary>Whether the cells of a column may be labels: then a text among numbers is one, and no mistake.</summary>
    public bool MayBeLabels(string column) => options.Labels?.Contains(column, StringComparer.Ordinal) == true;

    /// <summary>Whether the cells of a column are labels, whatever they look like.</summary>
    public bool AreLabels(string column) => options.AreLabels && MayBeLabels(column);

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

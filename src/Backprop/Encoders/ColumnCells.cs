namespace Backprop;

/// <summary>
/// Some rows' cells of one column as encoders take them: numbers (NaN is missing) or codes of texts (−1 is missing).
/// </summary>
readonly ref struct ColumnCells
{
    /// <summary>A column of numbers.</summary>
    public ColumnCells(ReadOnlySpan<double> numbers) => Numbers = numbers;

    /// <summary>A column of texts: cell i says <c>texts[codes[i]]</c>.</summary>
    public ColumnCells(ReadOnlySpan<int> codes, IReadOnlyList<string> texts)
    {
        Codes = codes;
        Texts = texts;
    }

    /// <summary>The numbers, empty where <see cref="Texts"/> is not null.</summary>
    public ReadOnlySpan<double> Numbers { get; }

    /// <summary>The codes, empty where <see cref="Texts"/> is null.</summary>
    public ReadOnlySpan<int> Codes { get; }

    /// <summary>What the codes mean, or null for a column of numbers.</summary>
    public IReadOnlyList<string>? Texts { get; }
}

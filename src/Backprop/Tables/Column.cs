using System.Globalization;

namespace Backprop;

/// <summary>One column of a <see cref="Table"/>: its kind and its cells. Never changes, so many threads may read it.</summary>
public sealed partial class Column
{
    // Codes at a time.
    const int Some = 256;

    readonly NumberStore? _values;
    readonly TextStore? _texts;
    readonly string[] _categories;
    readonly double[] _yes;

    // `values` are the numbers, or the codes of the categories with NaN for missing; null where nothing is kept but the texts.
    internal Column(
        string name,
        ColumnKind kind,
        int count,
        int missingCount,
        NumberStore? values,
        IReadOnlyList<string>? categories = null)
    {
        Name = name;
        Kind = kind;
        Count = count;
        MissingCount = missingCount;
        _values = values;
        _categories = categories is null ? [] : [.. categories];
        _yes = kind == ColumnKind.YesNo
            ? Array.ConvertAll(_categories, static text => YesNoWords.TryParse(text, out bool yes) && yes ? 1d : 0d)
            : [];
    }

    /// <summary>The name in the header, trimmed.</summary>
    public string Name { get; }

    /// <summary>What the cells are, inferred or given.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of rows whose cell is missing.</summary>
    public int MissingCount { get; }

    /// <summary>The text of the cells, where that is kept.</summary>
    internal TextStore? Texts { init => _texts = value; }

    /// <summary>Whether the numbers are a pixel's, on a scale that it shares with the table's other pixels.</summary>
    internal bool IsPixel { get; init; }

    /// <summary>Some of the different texts of a column read as texts, for people to see what it holds; else none.</summary>
    internal IReadOnlyList<string> SampleTexts { get; init; } = [];

    /// <summary>
    /// The first text that was taken for missing in a column read as texts; null where all such cells are empty.
    /// </summary>
    internal string? MissingText { get; init; }

    /// <summary>
    /// How the file writes the column's numbers where that is more than digits with the decimal sign of all; else null.
    /// </summary>
    public NumberFormat? NumberFormat { get; internal set; }

    /// <summary>The message to refuse the column with when it is used; null for one that may be.</summary>
    internal string? Refusal { get; set; }

    /// <summary>Refuses a column of a file that can be read in two ways.</summary>
    /// <exception cref="BackpropException">It is such a column.</exception>
    internal void ThrowIfRefused()
    {
        if (Refusal is { } refusal)
            throw new BackpropException(refusal);
    }

    /// <summary>Whether somebody said of what kind it is.</summary>
    internal bool IsKindGiven { get; set; }

    /// <summary>How many cells of a column read as texts are numbers in some form, and how many are not.</summary>
    internal (long Numbers, long Others) NumberCells { get; set; }

    /// <summary>The texts of a column of numbers that count as missing; null where there are none.</summary>
    internal StrayTexts? Strays { get; init; }

    /// <summary>Why the column is left out of training; null for a column that is not.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Whether training takes the column: its kind is Number, Category or YesNo.</summary>
    public bool IsUsable => Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.YesNo;

    /// <summary>
    /// The distinct texts of a Category or YesNo column in order of first appearance; empty for other kinds.
    /// YesNo has one for each spelling in the file.
    /// </summary>
    public IReadOnlyList<string> Categories => _categories;

    /// <summary>Whether <see cref="Text"/> has something to give: for all kinds but Text that was not asked to be kept.</summary>
    public bool HasText => _texts is not null || _values is not null;

    bool HasNumbers => Kind is ColumnKind.Number or ColumnKind.Identifier or ColumnKind.YesNo;

    bool HasCategories => Kind is ColumnKind.Category or ColumnKind.YesNo;

    /// <summary>The number in a row: NaN where it is missing, 1 and 0 for yes and no.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="InvalidOperationException">The kind is Category or Text.</exception>
    public double Number(int row)
    {
        double value = Numbers()[Checked(row)];
        return Kind != ColumnKind.YesNo || double.IsNaN(value) ? value : _yes[(int)value];
    }

    /// <summary>The numbers of consecutive rows, as <see cref="Number"/> gives them.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="destination">Takes the numbers [rows].</param>
    /// <exception cref="InvalidOperationException">The kind is Category or Text.</exception>
    public void CopyNumbers(int start, Span<double> destination)
    {
        NumberStore values = Numbers();
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, Count - start, nameof(destination));
        values.CopyTo(start, destination);
        SayYes(destination);
    }

    /// <summary>The numbers of the given rows, as <see cref="Number"/> gives them.</summary>
    /// <param name="rows">Row indices, from 0.</param>
    /// <param name="destination">Takes the numbers [rows].</param>
    /// <exception cref="InvalidOperationException">The kind is Category or Text.</exception>
    public void CopyNumbers(ReadOnlySpan<int> rows, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, rows.Length, nameof(destination));
        Numbers().Gather(rows, destination);
        SayYes(destination[..rows.Length]);
    }

    /// <summary>The place of a row's text in <see cref="Categories"/>, or −1 where it is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="InvalidOperationException">The kind is neither Category nor YesNo.</exception>
    public int Category(int row)
    {
        double code = Codes()[Checked(row)];
        return double.IsNaN(code) ? -1 : (int)code;
    }

    /// <summary>The categories of the given rows, as <see cref="Category"/> gives them.</summary>
    /// <param name="rows">Row indices, from 0.</param>
    /// <param name="destination">Takes the codes [rows].</param>
    /// <exception cref="InvalidOperationException">The kind is neither Category nor YesNo.</exception>
    public void CopyCategories(ReadOnlySpan<int> rows, Span<int> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, rows.Length, nameof(destination));
        Span<double> codes = stackalloc double[Some];
        for (int i = 0; i < rows.Length; i += Some)
        {
            Span<double> some = codes[..Math.Min(Some, rows.Length - i)];
            Codes().Gather(rows.Slice(i, some.Length), some);
            ToCodes(some, destination[i..]);
        }
    }

    /// <summary>The categories of consecutive rows, as <see cref="Category"/> gives them.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="destination">Takes the codes [rows].</param>
    /// <exception cref="InvalidOperationException">The kind is neither Category nor YesNo.</exception>
    internal void CopyCategories(int start, Span<int> destination)
    {
        Span<double> codes = stackalloc double[Some];
        for (int i = 0; i < destination.Length; i += Some)
        {
            Span<double> some = codes[..Math.Min(Some, destination.Length - i)];
            Codes().CopyTo(start + i, some);
            ToCodes(some, destination[i..]);
        }
    }

    /// <summary>Whether the cell of a row is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="InvalidOperationException">The kind is Text.</exception>
    public bool IsMissing(int row) => _values is not null
        ? double.IsNaN(_values[Checked(row)])
        : throw new InvalidOperationException($"Column '{Name}' is free text, which has no missing cells.");

    /// <summary>
    /// The text of a row's cell: as it stands in the file where it was kept (<see cref="CsvOptions.KeepText"/>), else the
    /// category or the number written shortest; empty where it is missing.
    /// </summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="InvalidOperationException">The kind is Text and the text was not kept.</exception>
    public string Text(int row)
    {
        if (_texts is not null)
            return _texts[Checked(row)];
        if (_values is null)
        {
            throw new InvalidOperationException(
                $"The text of column '{Name}' was not kept: name it in {nameof(CsvOptions.KeepText)}.");
        }

        double value = _values[Checked(row)];
        if (double.IsNaN(value))
            return "";
        return HasCategories ? _categories[(int)value] : value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>One line for people, such as <c>Age: number, 177 missing</c>.</summary>
    public override string ToString()
    {
        string kind = Kind switch
        {
            ColumnKind.Number => "number",
            ColumnKind.Category => $"category, {_categories.Length} values",
            ColumnKind.YesNo => "yes/no",
            ColumnKind.Text => "text",
            _ => "identifier",
        };
        string missing = MissingCount == 0 ? "" : $", {MissingCount} missing";
        return Reason is null ? $"{Name}: {kind}{missing}" : $"{Name}: {kind}{missing}, left out: {Reason}";
    }

    /// <summary>Makes of the codes of a YesNo column 1 and 0.</summary>
    void SayYes(Span<double> values)
    {
        if (Kind != ColumnKind.YesNo)
            return;
        foreach (ref double value in values)
            value = double.IsNaN(value) ? value : _yes[(int)value];
    }

    static void ToCodes(ReadOnlySpan<double> codes, Span<int> destination)
    {
        for (int i = 0; i < codes.Length; i++)
            destination[i] = double.IsNaN(codes[i]) ? -1 : (int)codes[i];
    }

    NumberStore Codes() => HasCategories
        ? _values!
        : throw new InvalidOperationException($"Column '{Name}' has no categories: its kind is {Kind}.");

    NumberStore Numbers() => HasNumbers
        ? _values!
        : throw new InvalidOperationException($"Column '{Name}' has no numbers: its kind is {Kind}.");

    int Checked(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return row;
    }
}

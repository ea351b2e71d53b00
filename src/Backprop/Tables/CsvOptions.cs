using System.Text;

namespace Backprop;

/// <summary>How the text of a CSV file is to be read; <c>default</c> is what most files need.</summary>
public readonly record struct CsvOptions
{
    // Kept the other way round where the usual value is not zero, so that `default` and `new()` mean the same.
    readonly bool _noHeader;
    readonly char _decimal;
    readonly IReadOnlyCollection<string>? _missingTokens;

    /// <summary>The texts that mean "missing" where nothing else is said: empty, <c>?</c>, <c>NA</c> and <c>NaN</c>.</summary>
    public static IReadOnlyList<string> UsualMissingTokens { get; } = ["", "?", "NA", "NaN"];

    /// <summary>The character between cells; null finds it out among comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first line names the columns (the default); without it they are column1, column2, …</summary>
    public bool HasHeader
    {
        get => !_noHeader;
        init => _noHeader = !value;
    }

    /// <summary>
    /// Texts that mean "missing", compared with the trimmed cell, capital letters mattering.
    /// An empty cell is always missing.
    /// </summary>
    public IReadOnlyCollection<string> MissingTokens
    {
        get => _missingTokens ?? UsualMissingTokens;
        init => _missingTokens = value;
    }

    /// <summary>The decimal sign of numbers: a point (the default) or a comma.</summary>
    public char Decimal
    {
        get => _decimal == '\0' ? '.' : _decimal;
        init => _decimal = value;
    }

    /// <summary>The encoding of the text; null is UTF-8 (or what a byte order mark says). Invalid bytes are an error.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Columns whose kind is given, by name, and so not inferred.</summary>
    public IReadOnlyDictionary<string, ColumnKind>? Types { get; init; }

    /// <summary>The only columns to read; null reads all. Their order in the table stays that of the file.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyCollection<string>? Ignore { get; init; }

    /// <summary>
    /// Columns whose text is kept as it stands in the file, to be had from <see cref="Column.Text"/>.
    /// One that is not read otherwise (<see cref="Ignore"/>, <see cref="Only"/>) becomes a column of kind Text.
    /// </summary>
    public IReadOnlyCollection<string>? KeepText { get; init; }

    /// <summary>
    /// Columns of numbers in which a text that is no number counts as missing and is counted (<see cref="Column.Strays"/>), as
    /// long as others are numbers.
    /// </summary>
    internal IReadOnlyCollection<string>? StrayTexts { get; init; }

    /// <summary>Whether a file of a header line and no rows is a table, of no rows.</summary>
    internal bool MayBeEmpty { get; init; }
}

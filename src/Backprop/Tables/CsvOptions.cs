using System.Text;

namespace Backprop;

/// <summary>How the text of a CSV file is to be read; <c>default</c> is what most files need.</summary>
public readonly record struct CsvOptions
{
    // Kept the other way round where the usual value is not zero, so that `default` and `new()` mean the same.
    readonly bool _noHeader;
    readonly IReadOnlyCollection<string>? _missingTokens;
    readonly IReadOnlyCollection<string>? _missingInNumbers;

    /// <summary>
    /// The texts that mean "missing" where nothing else is said: empty, <c>?</c>, those that pandas takes, a database's
    /// <c>\N</c>, and a spreadsheet's errors.
    /// </summary>
    public static IReadOnlyList<string> UsualMissingTokens { get; } =
    [
        "", "?", "NA", "NaN", "nan", "-NaN", "-nan", "N/A", "n/a", "<NA>", "NULL", "null", "None", "\\N", "#N/A", "#N/A N/A",
        "#NA", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!",
        "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#N/D", "#VALEUR!", "#NOM?", "#NOMBRE!",
    ];

    /// <summary>
    /// The texts that mean "missing" in a column of numbers alone where nothing else is said: marks such as - and . and **.
    /// </summary>
    public static IReadOnlyList<string> UsualMissingInNumbers { get; } =
        ["-", "--", "---", "\u2013", "\u2014", ".", "..", "...", "\u2026", "*", "**", "***", "****", "*****", ":", "~"];

    /// <summary>
    /// The character between cells; null finds it out among comma, semicolon, tab, bar and blanks. A blank stands for any run
    /// of blanks and tabs.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>So many lines at the beginning are not read.</summary>
    public int Skip { get; init; }

    /// <summary>Lines that begin with this character are not read; null for none.</summary>
    public char? Comment { get; init; }

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

    /// <summary>
    /// Texts that mean "missing" where the rest of the column is numbers. Without a word, <see cref="UsualMissingInNumbers"/>
    /// where <see cref="MissingTokens"/> are not given either, else none.
    /// </summary>
    public IReadOnlyCollection<string> MissingInNumbers
    {
        get => _missingInNumbers ?? (_missingTokens is null ? UsualMissingInNumbers : []);
        init => _missingInNumbers = value;
    }

    /// <summary>The same with texts that mean missing where none were given.</summary>
    internal CsvOptions WithMissing(IReadOnlyCollection<string> tokens, IReadOnlyCollection<string> inNumbers) =>
        _missingTokens is null ? this with { MissingTokens = tokens, MissingInNumbers = _missingInNumbers ?? inNumbers } : this;

    /// <summary>
    /// The decimal sign of all numbers, a point or a comma; null (the default) lets each column tell, and refuses one that can be
    /// read in two ways.
    /// </summary>
    public char? Decimal { get; init; }

    /// <summary>
    /// How columns write their numbers, by name, where that is not to be found out. A column that is named here is read so and in
    /// no other way.
    /// </summary>
    public IReadOnlyDictionary<string, NumberFormat>? Numbers { get; init; }

    /// <summary>
    /// Columns that may hold labels, such as a target: texts among their numbers are labels, and no mistakes.
    /// </summary>
    public IReadOnlyCollection<string>? Labels { get; init; }

    /// <summary>Whether <see cref="Labels"/> are labels, whatever they look like: 12 % is no number there.</summary>
    public bool AreLabels { get; init; }

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

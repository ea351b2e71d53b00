using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Backprop;

/// <summary>Rows and named columns in memory. Never changes, so many threads may read it.</summary>
public sealed class Table
{
    readonly Column[] _columns;
    readonly Dictionary<string, Column> _byName;

    internal Table(string source, int rowCount, IEnumerable<Column> columns)
    {
        Source = source;
        RowCount = rowCount;
        _columns = [.. columns];
        _byName = _columns.ToDictionary(static column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>What to call the table in messages: the file's path as it was given, or where the rows came from.</summary>
    public string Source { get; }

    /// <summary>
    /// Whether columns are called as programs call things, so that <c>SepalLength</c> may be the column <c>sepal_length</c>.
    /// </summary>
    internal bool HasLooseNames { get; init; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns in the order of the file or of the type.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>
    /// What was made of the file besides its cells, in sentences for people: names that it did not have, lines and rows that
    /// were left out.
    /// </summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>The lines of the file on which rows begin; null where there is no file of lines.</summary>
    internal RowLines? Lines { get; init; }

    /// <summary>Where a row, counted from 0, stands: its line, or its number where there is no file of lines.</summary>
    internal string Place(int row) => Lines is null ? $"data row {row + 1}" : $"line {Lines[row]}";

    /// <summary>The column of that name, capital letters mattering.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="BackpropException">There is none; the sentence suggests the nearest name.</exception>
    public Column this[string name] => TryGetColumn(name, out Column? column)
        ? column
        : throw new BackpropException($"{Source} has no column '{name}'{NearestName.Ending(name, _byName.Keys)}");

    /// <summary>Looks for the column of that name.</summary>
    /// <param name="name">The name, capital letters mattering.</param>
    /// <param name="column">The column, where there is one.</param>
    public bool TryGetColumn(string name, [NotNullWhen(true)] out Column? column) => _byName.TryGetValue(name, out column);

    /// <summary>Some of the rows, in the order given, as a table of its own: what the others say is not in it.</summary>
    internal Table Take(int[] rows) => new(Source, rows.Length, _columns.Select(column => column.Take(rows)))
    {
        Notes = Notes,
        Lines = Lines?.Take(rows),
        HasLooseNames = HasLooseNames,
    };

    /// <summary>Reads a CSV or TSV file, plain or gzip-compressed.</summary>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="BackpropException">The file cannot be read as a table; it says where and what to do.</exception>
    public static Table ReadCsv(string path, CsvOptions options = default) => ReadCsv(path, options, _ => options);

    /// <summary>Reads a CSV file of whose columns nothing is wanted before their names are known.</summary>
    internal static Table ReadCsv(string path, CsvOptions options, Func<IReadOnlyList<string>, CsvOptions> choose)
    {
        using DataFile file = DataFile.Open(path);
        return CsvTableReader.Read(file, options, choose);
    }

    /// <summary>Reads CSV or TSV from a stream, plain or gzip-compressed.</summary>
    /// <param name="stream">Read from where it stands and left open; one that cannot seek is spooled to a file.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="BackpropException">The stream cannot be read as a table; it says where and what to do.</exception>
    public static Table ReadCsv(Stream stream, string source = "the stream", CsvOptions options = default) =>
        ReadCsv(stream, source, options, _ => options);

    /// <summary>The same of a stream.</summary>
    internal static Table ReadCsv(
        Stream stream, string source, CsvOptions options, Func<IReadOnlyList<string>, CsvOptions> choose)
    {
        using DataFile file = DataFile.From(stream, source);
        return CsvTableReader.Read(file, options, choose);
    }

    /// <summary>
    /// Reads a pair of IDX files as MNIST has them, plain or gzip-compressed: one Number column for each pixel, p0, p1, …,
    /// and the Category column <c>label</c>.
    /// </summary>
    /// <param name="images">The file of images: unsigned bytes [images, …].</param>
    /// <param name="labels">The file of labels: unsigned bytes [images].</param>
    /// <exception cref="BackpropException">One of the files is not such a file, or they do not fit together.</exception>
    public static Table ReadIdx(string images, string labels)
    {
        using DataFile imageFile = DataFile.Open(images);
        using DataFile labelFile = DataFile.Open(labels);
        return IdxTableReader.Read(imageFile, labelFile);
    }

    /// <summary>
    /// Reads images whose labels are not known, to predict them: the columns p0, p1, … of <see cref="ReadIdx(string, string)"/>.
    /// </summary>
    /// <param name="images">The file of images: unsigned bytes [images, …].</param>
    /// <exception cref="BackpropException">It is no such file.</exception>
    public static Table ReadIdx(string images)
    {
        using DataFile file = DataFile.Open(images);
        return IdxTableReader.Read(file);
    }

    /// <summary>Whether a file, plain or gzip-compressed, begins as IDX files do.</summary>
    internal static bool IsIdx(string path)
    {
        using DataFile file = DataFile.Open(path);
        return file.Guard(() => IdxHeader.IsOf(file));
    }

    /// <summary>
    /// Rows of a type of one's own: its public readable properties and its public fields are the columns, by the names that
    /// <see cref="ColumnNameAttribute"/> or <see cref="System.ComponentModel.DataAnnotations.Schema.ColumnAttribute"/> give them,
    /// or their own. Numbers (nullable too), bool, string, char and enum are taken, and <see cref="object"/>s that are such;
    /// null, NaN and blank text are missing. A property of another type is left out with a word why. Rows may also be
    /// dictionaries with texts for keys, or <see cref="DataRow"/>s: a key is a column, and a row without it has a missing cell
    /// there.
    /// </summary>
    /// <param name="rows">The rows, read once; there may be none.</param>
    /// <typeparam name="T">The type of a row.</typeparam>
    /// <exception cref="BackpropException">
    /// The type has no properties, or two of one name, a row is null, a list of objects holds other than dictionaries and data
    /// rows, or a number is infinite.
    /// </exception>
    /// <remarks>
    /// A model finds its column <c>sepal_length</c> or <c>Sepal Length</c> in the property <c>SepalLength</c>, the letters and
    /// digits being the same, where no other fits.
    /// </remarks>
    public static Table From<[DynamicallyAccessedMembers(RowMember.Needed)] T>(IEnumerable<T> rows) =>
        ObjectTableReader.Read(rows);

    /// <summary>Rows of a query or of any other <see cref="IDataReader"/>; DBNull, NaN and blank text are missing.</summary>
    /// <param name="reader">Read to its end and left open.</param>
    /// <exception cref="BackpropException">No columns, a name missing or double, or a number infinite.</exception>
    public static Table From(IDataReader reader) => DataReaderTableReader.Read(reader, "the data reader");

    /// <summary>Rows of a <see cref="DataTable"/>; DBNull, NaN and blank text are missing.</summary>
    /// <param name="table">The table; later changes to it are not seen.</param>
    /// <exception cref="BackpropException">There are no columns, or a number is infinite.</exception>
    public static Table From(DataTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using DataTableReader reader = table.CreateDataReader();
        return DataReaderTableReader.Read(reader, table.TableName.Length == 0 ? "the data table" : table.TableName);
    }

    /// <summary>The same rows with other columns in the places of these.</summary>
    internal Table With(Func<Column, Column> change) => new(Source, RowCount, _columns.Select(change))
    {
        Notes = Notes,
        Lines = Lines,
        HasLooseNames = HasLooseNames,
    };
}

using System.Text;

namespace Backprop;

/// <summary>
/// From the bytes of a CSV file to a table, in one pass: what the file is, its encoding, its delimiter, its header, its
/// rows. Only a column that begins with numbers and goes on with texts makes it read the file a second time.
/// </summary>
sealed class CsvTableReader
{
    const int PrefixLength = 1 << 16;
    const int MostColumns = 100_000;

    readonly DataFile _file;
    readonly CsvOptions _options;
    readonly CsvContext _context;
    Encoding _encoding = Encoding.UTF8;
    int _markLength;
    char _delimiter;

    CsvTableReader(DataFile file, CsvOptions options)
    {
        _file = file;
        _options = options;
        _context = new CsvContext(file.Source, options);
    }

    public static Table Read(DataFile file, CsvOptions options)
    {
        if (options.Decimal is not ('.' or ','))
            throw new BackpropException($"The decimal sign is '.' or ',', not '{options.Decimal}'.");
        if (options.Delimiter is '"' or '\r' or '\n' or '\0')
            throw new BackpropException("The delimiter can be any character but a quote, a line break or a zero.");
        return file.Guard(() => new CsvTableReader(file, options).Read());
    }

    Table Read()
    {
        LookAtStart();
        try
        {
            return ReadRecords();
        }
        catch (DecoderFallbackException e)
        {
            throw WrongEncoding(e);
        }
    }

    void LookAtStart()
    {
        byte[] buffer = new byte[PrefixLength];
        int length = _file.Rewind().ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> start = buffer.AsSpan(0, length);
        if (start.IsEmpty)
            throw new BackpropException($"{_file.Source} is empty.");
        if (FileMagic.Recognise(start) is var (name, advice))
            throw new BackpropException($"{_file.Source} is no text but {name}: {advice}.");
        (_encoding, _markLength) = TextEncodings.For(_options.Encoding, start);
        if (TextEncodings.HasPlainLineFeeds(_encoding) && start.Contains((byte)0))
        {
            throw new BackpropException(
                $"{_file.Source} is no text: it has zero bytes; "
                + "if it is UTF-16 text, use --encoding utf-16, else export it as CSV.");
        }

        // Decoded loosely: the prefix may end inside a character, and what is wrong is found with its line later.
        var loose = (Encoding)_encoding.Clone();
        loose.DecoderFallback = DecoderFallback.ReplacementFallback;
        string text = loose.GetString(start[_markLength..]);
        _delimiter = _options.Delimiter ?? DelimiterSniffer.Find(text, length < PrefixLength, _options.Decimal);
    }

    Table ReadRecords()
    {
        string[] names;
        CsvColumn[] columns;
        int rows = 0;
        using (CsvRecords records = Open())
        {
            if (!records.Read())
                throw new BackpropException($"{_file.Source} has nothing but blank lines.");
            if (records.Count > MostColumns)
                throw _context.AtLine(records.Line, $"{records.Count} columns are more than the {MostColumns} that can be read.");
            names = ReadNames(records);
            bool hasRow = !_options.HasHeader || records.Read();
            if (!hasRow && !_options.MayBeEmpty)
                throw new BackpropException($"{_file.Source} has a header line but no rows.");
            // Before the columns are made, of which there may be many.
            if (hasRow)
                ThrowUnlessWhole(records, names.Length);
            columns = ChooseColumns(names);
            CsvColumn?[] places = ByPlace(columns, names.Length);
            for (; hasRow; hasRow = records.Read())
            {
                AddRow(records, places);
                rows = checked(rows + 1);
            }
        }

        foreach (CsvColumn column in columns)
            column.Close();
        foreach (CsvColumn column in columns)
            column.RefuseStrayTexts();
        if (columns.Any(static column => column.NeedsTexts))
            ReadTexts(columns, names.Length);
        return new Table(_file.Source, rows, columns.Select(static column => column.Finish()));
    }

    void ReadTexts(CsvColumn[] columns, int cells)
    {
        CsvColumn[] again =
            [.. columns.Where(static column => column.NeedsTexts).Select(static column => column.ToReadAsTexts())];
        using (CsvRecords records = Open())
        {
            if (_options.HasHeader)
                records.Read();
            CsvColumn?[] places = ByPlace(again, cells);
            while (records.Read())
                AddRow(records, places);
        }

        foreach (CsvColumn column in again)
            columns[Array.FindIndex(columns, other => other.Index == column.Index)] = column;
    }

    CsvRecords Open()
    {
        Stream stream = _file.Rewind();
        stream.ReadExactly(stackalloc byte[_markLength]);
        var text = new StreamReader(stream, _encoding, detectEncodingFromByteOrderMarks: false, PrefixLength, leaveOpen: true);
        return new CsvRecords(text, _context, _delimiter);
    }

    void AddRow(CsvRecords records, CsvColumn?[] places)
    {
        ThrowUnlessWhole(records, places.Length);
        foreach (int index in records.Left)
        {
            if (places[index] is not { } column)
                continue;
            column.Add(records[index], records.Line);
            records.LetTake(index, column.TakesNumbers ? column : null);
        }
    }

    void ThrowUnlessWhole(CsvRecords records, int cells)
    {
        if (records.Count == cells)
            return;
        string expected = _options.HasHeader ? $"the header has {cells}" : $"the first line has {cells}";
        throw _context.AtLine(
            records.Line,
            $"{Cells(records.Count)} where {expected}; cells that hold the delimiter {Shown(_delimiter)} need quotes.");
    }

    /// <summary>For each place in a line the column that is read there, or null.</summary>
    static CsvColumn?[] ByPlace(CsvColumn[] columns, int cells)
    {
        var places = new CsvColumn?[cells];
        foreach (CsvColumn column in columns)
            places[column.Index] = column;
        return places;
    }

    string[] ReadNames(CsvRecords records)
    {
        const string NoHeader = "if the file has no header line, use --no-header";
        string[] names = new string[records.Count];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _options.HasHeader ? records[i].ToString() : $"column{i + 1}";
            if (names[i].Length == 0)
                throw _context.AtLine(records.Line, $"column {i + 1} has no name; give it one, or {NoHeader}.");
            if (!places.TryAdd(names[i], i + 1))
            {
                throw _context.AtLine(
                    records.Line,
                    $"columns {places[names[i]]} and {i + 1} are both named {CsvContext.Quoted(names[i])}; "
                    + $"rename one, or {NoHeader}.");
            }
        }

        return names;
    }

    CsvColumn[] ChooseColumns(string[] names)
    {
        HashSet<string> only = Named(_options.Only, names);
        HashSet<string> ignored = Named(_options.Ignore, names);
        HashSet<string> kept = Named(_options.KeepText, names);
        Named(_options.Types?.Keys, names);
        bool IsRead(string name) => !ignored.Contains(name) && (_options.Only is null || only.Contains(name));

        int[] chosen = [.. Enumerable.Range(0, names.Length).Where(i => IsRead(names[i]) || kept.Contains(names[i]))];
        if (chosen.Length == 0)
            throw new BackpropException($"{_file.Source} has no columns left: all {names.Length} are ignored.");
        return Array.ConvertAll(chosen, i => Create(i, chosen.Length));

        CsvColumn Create(int index, int columns)
        {
            string name = names[index];
            bool keepText = kept.Contains(name);
            if (!IsRead(name))
                return new CsvColumn(_context, name, index, columns, given: null, keepText, "only its text is kept");
            ColumnKind? given = _options.Types is { } types && types.TryGetValue(name, out ColumnKind kind) ? kind : null;
            string? reason = given is ColumnKind.Text or ColumnKind.Identifier ? "its type was given" : null;
            return new CsvColumn(_context, name, index, columns, given, keepText, reason);
        }
    }

    HashSet<string> Named(IEnumerable<string>? wanted, string[] names)
    {
        var known = new HashSet<string>(names, StringComparer.Ordinal);
        var result = new HashSet<string>(wanted ?? [], StringComparer.Ordinal);
        foreach (string name in result)
        {
            if (!known.Contains(name))
                throw new BackpropException($"{_file.Source} has no column '{name}'{NearestName.Ending(name, names)}");
        }

        return result;
    }

    BackpropException WrongEncoding(DecoderFallbackException e)
    {
        long? line = TextEncodings.FirstInvalidLine(_file.Rewind(), _encoding);
        string where = line is null ? _file.Source : $"{_file.Source}, line {line}";
        return new BackpropException(
            $"{where}: the bytes are no {_encoding.WebName} text; "
            + "name the file's encoding, for example --encoding windows-1252.",
            e);
    }

    static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";

    static string Shown(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";
}

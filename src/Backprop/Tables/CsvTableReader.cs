using System.Text;

namespace Backprop;

/// <summary>
/// From the bytes of a CSV file to a table, in one pass: what the file is, its encoding, how the table lies in it, its header,
/// its rows. Only columns that are no plain numbers to their end make it read the file again, see <see cref="ColumnPasses"/>.
/// </summary>
sealed class CsvTableReader
{
    const int PrefixLength = 1 << 16;
    const int MostColumns = 100_000;

    readonly DataFile _file;
    readonly Func<IReadOnlyList<string>, CsvOptions> _choose;
    readonly List<string> _notes = [];
    readonly RowLines _lines = new();
    CsvOptions _options;
    CsvContext _context;
    Encoding _encoding = Encoding.UTF8;
    int _markLength;
    CsvLayout _layout;
    int _emptyRows;
    long _firstEmptyRow;

    CsvTableReader(DataFile file, CsvOptions options, Func<IReadOnlyList<string>, CsvOptions> choose)
    {
        (_file, _options, _choose) = (file, options, choose);
        _context = new CsvContext(file.Source, options);
    }

    public static Table Read(DataFile file, CsvOptions options) => Read(file, options, _ => options);

    /// <summary>Reads a table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="choose">The same with what is wanted of the columns, whose names it is given.</param>
    public static Table Read(DataFile file, CsvOptions options, Func<IReadOnlyList<string>, CsvOptions> choose)
    {
        if (options.Decimal is not (null or '.' or ','))
            throw new BackpropException($"The decimal sign is '.' or ',', not '{options.Decimal}'.");
        if (options.Delimiter is '"' or '\r' or '\n' or '\0')
            throw new BackpropException("The delimiter can be any character but a quote, a line break or a zero.");
        if (options.Comment is '"' or '\r' or '\n' or '\0' or ' ' or '\t')
            throw new BackpropException("Comments can begin with any character but a quote, a blank, a line break or a zero.");
        if (options.Skip < 0)
            throw new BackpropException($"The number of lines to skip is 0 or more, not {options.Skip}.");
        return file.Guard(() => new CsvTableReader(file, options, choose).Read());
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
        if (TextFormats.Recognise(text) is var (format, wayOut))
            throw new BackpropException($"{_file.Source} is {format}: {wayOut}.");
        _layout = new LayoutFinder(text, length < PrefixLength, _options, _context.Missing, _notes).Find();
    }

    Table ReadRecords()
    {
        CsvHeader header = ReadHeader();
        _options = _choose(header.Names);
        _context = new CsvContext(_file.Source, _options);
        CsvColumn[] columns;
        int rows = 0;
        using (CsvRecords records = OpenAtFirstRow(isFirstTime: true, out bool hasRow))
        {
            // Before the columns are made, of which there may be many.
            if (hasRow)
                ThrowUnlessWhole(records, header);
            columns = CsvColumns.Choose(_context, header, _options);
            CsvColumn?[] places = CsvColumns.ByPlace(columns, header.Cells);
            for (; hasRow; hasRow = records.Read())
            {
                if (!AddRow(records, header, places))
                {
                    CountEmpty(records);
                    continue;
                }

                _lines.Add(records.Line);
                rows = checked(rows + 1);
            }
        }

        new ColumnPasses(_context, _layout.Delimiter, again => ReadAgain(again, header)).Finish(columns);
        columns = [.. columns.Where(column => !IsNothing(column, header))];
        var read = columns.Select(column => column.Index).ToHashSet();
        SayEmptyRows();
        return new Table(_file.Source, rows, columns.Select(static column => column.Finish()))
        {
            Notes = [.. _notes, .. header.Notes(read.Contains), .. ColumnNotes.Of(columns, _options.HasHeader)],
            Lines = _lines,
        };
    }

    /// <summary>Whether a column has neither name nor cells, as delimiters at the end of lines make one.</summary>
    bool IsNothing(CsvColumn column, CsvHeader header) =>
        header.IsMadeUp(column.Index) && column.IsMissing
        && _options.Only?.Contains(column.Name, StringComparer.Ordinal) != true
        && _options.Types?.ContainsKey(column.Name) != true
        && _options.KeepText?.Contains(column.Name, StringComparer.Ordinal) != true;

    CsvHeader ReadHeader()
    {
        using CsvRecords records = Open();
        if (!ReadFilled(records))
            throw new BackpropException($"{_file.Source} has nothing but blank lines.");
        if (records.Count > MostColumns)
            throw _context.AtLine(records.Line, $"{records.Count} columns are more than the {MostColumns} that can be read.");
        if (!_options.HasHeader)
            return CsvHeader.Without(records.Count);
        if (_layout.HeaderFault is { } fault)
            throw _context.AtLine(records.Line, fault);
        (string[] cells, long line) = (Cells(records), records.Line);
        string[] row = cells;
        for (int i = 0; i <= _layout.BelowHeader; i++)
        {
            if (ReadFilled(records))
                row = Cells(records);
            else if (!_options.MayBeEmpty)
                throw new BackpropException($"{_file.Source} has a header line but no rows.");
        }

        return CsvHeader.Of(cells, row, _layout.Extra, what => _context.AtLine(line, what), _notes);
    }

    void ReadAgain(CsvColumn[] columns, CsvHeader header)
    {
        using CsvRecords records = OpenAtFirstRow(isFirstTime: false, out bool hasRow);
        CsvColumn?[] places = CsvColumns.ByPlace(columns, header.Cells);
        for (; hasRow; hasRow = records.Read())
            AddRow(records, header, places);
    }

    /// <summary>The records from the first row on, which is read if there is one.</summary>
    CsvRecords OpenAtFirstRow(bool isFirstTime, out bool hasRow)
    {
        CsvRecords records = Open();
        int above = _options.HasHeader ? 1 + _layout.BelowHeader : 0;
        hasRow = true;
        for (int i = 0; i <= above; i++)
            hasRow = ReadFilled(records, areRows: isFirstTime && i > 0);
        return records;
    }

    CsvRecords Open()
    {
        Stream stream = _file.Rewind();
        stream.ReadExactly(stackalloc byte[_markLength]);
        TextReader text = new StreamReader(
            stream, _encoding, detectEncodingFromByteOrderMarks: false, PrefixLength, leaveOpen: true);
        return new CsvRecords(_layout.ChangesText ? new LaidOutText(text, _layout) : text, _context, _layout.Delimiter);
    }

    /// <summary>Goes to the next record that has a cell with something in it.</summary>
    bool ReadFilled(CsvRecords records, bool areRows = false)
    {
        while (records.Read())
        {
            if (!IsEmpty(records))
                return true;
            if (areRows)
                CountEmpty(records);
        }

        return false;
    }

    static string[] Cells(CsvRecords records)
    {
        string[] cells = new string[records.Count];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = records[i].ToString();
        return cells;
    }

    /// <summary>Whether none of several cells has anything in it, as spreadsheets write rows below a table.</summary>
    static bool IsEmpty(CsvRecords records)
    {
        if (records.Left.Length < records.Count || records.Count == 1)
            return false;
        for (int i = 0; i < records.Count; i++)
        {
            if (!records[i].IsEmpty)
                return false;
        }

        return true;
    }

    bool AddRow(CsvRecords records, CsvHeader header, CsvColumn?[] places)
    {
        if (IsEmpty(records))
            return false;
        ThrowUnlessWhole(records, header);
        foreach (int index in records.Left)
        {
            if (places[index] is { } column)
            {
                column.Add(records[index], records.Line);
                records.LetTake(index, column.TakesNumbers ? column : null);
            }
            else if (index >= header.Named && !records[index].IsEmpty)
            {
                throw WrongLength(records, header);
            }
        }

        return true;
    }

    void CountEmpty(CsvRecords records)
    {
        if (_emptyRows++ == 0)
            _firstEmptyRow = records.Line;
    }

    void ThrowUnlessWhole(CsvRecords records, CsvHeader header)
    {
        if (records.Count != header.Cells)
            throw WrongLength(records, header);
    }

    BackpropException WrongLength(CsvRecords records, CsvHeader header)
    {
        const char Comment = '#';
        string expected = !_options.HasHeader ? $"the first line has {header.Cells}"
            : header.Cells == header.HeaderCells ? $"the header has {header.Cells}"
            : records.Count > header.Cells || header.HasRowNames ? $"the first row has {header.Cells}"
            : $"the header has {header.HeaderCells}";
        string whatToDo = _layout.Advice
            ?? (records[0].StartsWith([Comment]) ? $"--comment '{Comment}' leaves out lines that begin with {Comment}"
                : header.Cells == 1 && _layout.Delimiter == ','
                    ? "if there is one column and the comma is its decimal sign, use --delimiter ';'"
                : records.Count < header.Cells ? "a row has all its cells, empty ones too"
                : $"cells that hold the delimiter {Shown(_layout.Delimiter)} need quotes");
        return _context.AtLine(records.Line, $"{Cells(records.Count)} where {expected}; {whatToDo}.");
    }

    void SayEmptyRows()
    {
        if (_emptyRows > 0)
        {
            _notes.Add(_emptyRows == 1
                ? $"The row in line {_firstEmptyRow} has nothing but empty cells, and is left out."
                : $"{_emptyRows} rows have nothing but empty cells, the first in line {_firstEmptyRow}, and are left out.");
        }
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

    static string Shown(char delimiter) => delimiter switch
    {
        '\t' => "tab",
        ' ' => "blank",
        _ => $"'{delimiter}'",
    };
}

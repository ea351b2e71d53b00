using System.Buffers;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Backprop;

/// <summary>
/// The records of a CSV text as CsvHelper's parser finds them. A record without quotes is cut at its delimiters without
/// making a string of every cell; the parser's own fields are taken for the others.
/// </summary>
sealed class CsvRecords : IDisposable
{
    // A quote that is never closed would otherwise take the rest of the file into one cell.
    const int LongestCell = 1 << 20;

    static readonly SearchValues<char> s_special = SearchValues.Create("\"\0");

    readonly CsvContext _context;
    readonly char _delimiter;
    readonly RecordLimitReader _reader;
    readonly CsvParser _parser;
    string _record = "";
    int[] _ends = new int[64];
    string[] _cells = [];
    bool _isQuoted;
    bool _hasBareQuotes;

    public CsvRecords(TextReader reader, CsvContext context, char delimiter)
    {
        _context = context;
        _delimiter = delimiter;
        _reader = new RecordLimitReader(reader);
        _parser = new CsvParser(_reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            Mode = CsvMode.RFC4180,
            BufferSize = 1 << 15,
            MaxFieldSize = LongestCell,
            TrimOptions = TrimOptions.Trim,
            WhiteSpaceChars = delimiter == ' ' ? [] : [' '],
            BadDataFound = RefuseBrokenQuotes,
        });
    }

    /// <summary>The number of cells in the record.</summary>
    public int Count { get; private set; }

    /// <summary>The line of the file on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>A cell of the record, trimmed.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            if (_isQuoted)
                return _cells[index].AsSpan().Trim();
            int start = index == 0 ? 0 : _ends[index - 1] + 1;
            ReadOnlySpan<char> cell = _record.AsSpan(start, _ends[index] - start);
            return NeedsNoTrim(cell) ? cell : cell.Trim();
        }
    }

    /// <summary>Goes to the next record that is not blank.</summary>
    public bool Read()
    {
        do
        {
            if (!ReadAny())
                return false;
        }
        while (Count == 1 && this[0].IsEmpty && !_isQuoted);
        return true;
    }

    public void Dispose() => _parser.Dispose();

    bool ReadAny()
    {
        try
        {
            bool wasOpen = _isQuoted && !_hasBareQuotes && (_record.AsSpan().Count('"') & 1) != 0;
            _reader.BeginRecord();
            if (!_parser.Read())
                return wasOpen ? throw BrokenQuotes(_cells[Count - 1]) : false;
        }
        catch (MaxFieldSizeException)
        {
            throw _context.AtLine(
                LineOfRecord(_parser.RawRecord), $"a cell has more than {LongestCell} characters; is a quote not closed?");
        }
        catch (RecordLimitException)
        {
            throw _context.AtLine(Line + 1, $"the line has more than {RecordLimitReader.Longest} characters; is this a table?");
        }

        _record = _parser.RawRecord;
        Line = LineOfRecord(_record);
        int special = _record.AsSpan().IndexOfAny(s_special);
        _isQuoted = special >= 0;
        _hasBareQuotes = false;
        if (!_isQuoted)
        {
            Split();
            return true;
        }

        if (_record.Contains('\0', StringComparison.Ordinal))
            throw _context.AtLine(Line, "there is a zero byte, which no text file has; is the file damaged or not a table?");
        Count = _parser.Count;
        if (_cells.Length < Count)
            _cells = new string[Count];
        for (int i = 0; i < Count; i++)
            _cells[i] = _parser[i];
        return true;
    }

    // Most cells begin and end with a printable character of ASCII; asking that first saves a tenth of the time.
    static bool NeedsNoTrim(ReadOnlySpan<char> cell)
        => !cell.IsEmpty && cell[0] is > ' ' and < (char)127 && cell[^1] is > ' ' and < (char)127;

    void Split()
    {
        ReadOnlySpan<char> rest = _record.AsSpan().TrimEnd("\r\n");
        int end = rest.Length;
        int count = 0, position = 0;
        while (true)
        {
            int length = rest[position..].IndexOf(_delimiter);
            if (count == _ends.Length)
                Array.Resize(ref _ends, count * 2);
            if (length < 0)
                break;
            position += length;
            _ends[count++] = position++;
        }

        _ends[count++] = end;
        Count = count;
    }

    // The parser counts lines to the end of the record; those inside its quotes come off again. A record with an odd number
    // of quotes ends inside them, with the file.
    long LineOfRecord(ReadOnlySpan<char> record)
    {
        int quotes = record.Count('"');
        if (quotes == 0)
            return _parser.RawRow;
        ReadOnlySpan<char> quoted = (quotes & 1) == 0 ? record.TrimEnd("\r\n") : record;
        return _parser.RawRow - (quoted.Count('\n') + quoted.Count('\r') - quoted.Count("\r\n"));
    }

    void RefuseBrokenQuotes(BadDataFoundArgs args)
    {
        // A quote inside an unquoted cell (5" pipe) stands for itself.
        if (args.Field.AsSpan().TrimStart().StartsWith('"'))
            throw BrokenQuotes(args.Field.AsSpan().Trim());
        _hasBareQuotes = true;
    }

    BackpropException BrokenQuotes(ReadOnlySpan<char> cell) => _context.AtLine(
        Line,
        $"the quotes of the cell {CsvContext.Quoted(cell)} do not match: "
        + "a quoted cell ends with a quote, and a quote inside it is doubled.");
}

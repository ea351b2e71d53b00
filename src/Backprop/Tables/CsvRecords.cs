using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CsvHelper;
using CsvHelper.Configuration;

namespace Backprop;

/// <summary>
/// The records of a CSV text. A line without quotes is a record and is cut at its delimiters; the others go through
/// CsvHelper's parser.
/// </summary>
sealed class CsvRecords : IDisposable
{
    // A quote that is never closed would otherwise take the rest of the file into one cell.
    const int LongestCell = 1 << 20;

    // A few megabytes of compressed line breaks would otherwise be read for minutes.
    const int MostBlankLines = 1_000_000;

    // More columns than are read. A line of nothing but delimiters would otherwise become arrays of many times its size.
    const int MostCells = 1 << 18;

    readonly CsvContext _context;
    readonly char _delimiter;
    readonly bool _readsNumbers;
    readonly CsvLines _lines;
    CsvParser? _parser;
    long _linesDone;
    bool _parsesAll;
    string _record = "";
    int[] _ends = new int[64];
    int[] _left = new int[64];
    int _leftCount;
    CsvColumn?[] _takers = new CsvColumn?[64];
    string[] _cells = [];
    bool _isParsed;
    bool _isQuoted;
    bool _hasBareQuotes;

    /// <summary>The records of a text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="context">What the columns share.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="parsesAll">Whether every line goes through the parser: the same records, more slowly.</param>
    public CsvRecords(TextReader reader, CsvContext context, char delimiter, bool parsesAll = false)
    {
        _context = context;
        _delimiter = delimiter;
        _readsNumbers = !context.Missing.MayBeNumbers && !NumberText.MayHave(delimiter, context.DecimalSign);
        _lines = new CsvLines(reader);
        _parsesAll = parsesAll;
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
            if (_isParsed)
                return _cells[index].AsSpan().Trim();
            int start = index == 0 ? 0 : _ends[index - 1] + 1;
            ReadOnlySpan<char> cell = _lines.Line[start.._ends[index]];
            return NeedsNoTrim(cell) ? cell : cell.Trim();
        }
    }

    /// <summary>The places of the cells that no column has taken yet, ascending.</summary>
    public ReadOnlySpan<int> Left => _left.AsSpan(0, _leftCount);

    /// <summary>
    /// Lets a column take the numbers at a place, while a line is cut, wherever they are written in the plain way; null
    /// leaves all cells there.
    /// </summary>
    public void LetTake(int index, CsvColumn? taker) => _takers[index] = _readsNumbers ? taker : null;

    /// <summary>Goes to the next record that is not blank.</summary>
    public bool Read()
    {
        for (int blank = 0; blank < MostBlankLines; blank++)
        {
            if (!ReadAny())
                return false;
            if (Count != 1 || !this[0].IsEmpty || _isQuoted)
                return true;
        }

        throw _context.AtLine(Line, $"{MostBlankLines} lines before it are blank, which they are in no table.");
    }

    public void Dispose()
    {
        _parser?.Dispose();
        _lines.Dispose();
    }

    bool ReadAny()
    {
        bool wasOpen = _isQuoted && !_hasBareQuotes && (_record.AsSpan().Count('"') & 1) != 0;
        try
        {
            if (!_parsesAll)
            {
                if (!_lines.Next())
                    return wasOpen ? throw BrokenQuotes(_cells[Count - 1]) : false;
                if (!_lines.NeedsParser)
                {
                    TakeLine();
                    return true;
                }
            }

            return Parse(wasOpen);
        }
        catch (RecordLimitException)
        {
            if (!_parsesAll && !_lines.NeedsParser)
                TakeLine();
            throw _context.AtLine(
                _linesDone + 1, $"the line has more than {CsvLines.LongestRecord} characters, which no table has.");
        }
    }

    bool Parse(bool wasOpen)
    {
        CsvParser parser = _parser ??= MakeParser();
        long before = parser.RawRow;
        try
        {
            if (!parser.Read())
                return wasOpen ? throw BrokenQuotes(_cells[Count - 1]) : false;
        }
        catch (MaxFieldSizeException)
        {
            throw CellTooLong(_linesDone - before + LineOfRecord(parser));
        }

        _record = parser.RawRecord;
        Line = _linesDone - before + LineOfRecord(parser);
        _linesDone += parser.RawRow - before;
        _parsesAll |= _lines.ParserReadAhead;
        if (_record.Contains('\0', StringComparison.Ordinal))
            throw _context.AtLine(Line, "there is a zero byte, which no text file has, so the file is damaged or no table.");
        (_isParsed, _isQuoted, _hasBareQuotes) = (true, _record.Contains('"', StringComparison.Ordinal), false);
        Count = parser.Count;
        while (_ends.Length < Count)
            Grow();
        if (_cells.Length < Count)
            _cells = new string[Count];
        for (int i = 0; i < Count; i++)
            (_cells[i], _left[i]) = (parser[i], i);
        _leftCount = Count;
        return true;
    }

    // Not before it is needed: to set it up takes longer than to read a small table.
    CsvParser MakeParser() => new(_lines, new CsvConfiguration(CultureInfo.InvariantCulture)
    {
        Delimiter = _delimiter.ToString(),
        Mode = CsvMode.RFC4180,
        BufferSize = 1 << 15,
        MaxFieldSize = LongestCell,
        TrimOptions = TrimOptions.Trim,
        WhiteSpaceChars = _delimiter == ' ' ? [] : [' '],
        BadDataFound = RefuseBrokenQuotes,
    });

    BackpropException CellTooLong(long line) => _context.AtLine(
        line, $"a cell has more than {LongestCell} characters, as where a quote is not closed.");

    // Most cells begin and end with a printable character of ASCII; asking that first saves a tenth of the time.
    static bool NeedsNoTrim(ReadOnlySpan<char> cell)
        => !cell.IsEmpty && cell[0] is > ' ' and < (char)127 && cell[^1] is > ' ' and < (char)127;

    void TakeLine()
    {
        (_isParsed, _isQuoted) = (false, false);
        Line = ++_linesDone;
        ReadOnlySpan<char> line = _lines.Line;
        Count = FindEnds(line);
        char decimalSign = _context.DecimalSign;
        ReadOnlySpan<int> ends = _ends.AsSpan(0, Count);
        ReadOnlySpan<CsvColumn?> takers = _takers.AsSpan(0, Count);
        int left = 0, longest = 0;
        for (int i = 0, start = 0; i < ends.Length; start = ends[i++] + 1)
        {
            longest = Math.Max(longest, ends[i] - start);
            double number = takers[i] is null ? double.NaN : NumberText.OfCell(line, start, ends[i], decimalSign);
            if (double.IsNaN(number))
                _left[left++] = i;
            else
                takers[i]!.TakeNumber(number);
        }

        if (longest > LongestCell)
            throw CellTooLong(Line);
        _leftCount = left;
    }

    /// <summary>Finds where the cells of a line end, and says how many there are.</summary>
    int FindEnds(ReadOnlySpan<char> line)
    {
        const int Some = 32, Usual = 8;
        int count = 0, place = 0;
        var delimiters = Vector128.Create((ushort)_delimiter);
        for (; place <= line.Length - Some; place += Some)
        {
            ReadOnlySpan<ushort> some = MemoryMarshal.Cast<char, ushort>(line.Slice(place, Some));
            uint found = Found(some, delimiters) | Found(some[(Some / 2)..], delimiters) << (Some / 2);
            if (_ends.Length < count + Some)
                Grow();

            // As many as there mostly are at most, whether they are there or not: nothing to guess. Then the others.
            Span<int> ends = _ends.AsSpan(count, Some);
            count += BitOperations.PopCount(found);
            for (int i = 0; i < Usual; i++, found &= found - 1)
                ends[i] = place + BitOperations.TrailingZeroCount(found);
            for (int i = Usual; found != 0; i++, found &= found - 1)
                ends[i] = place + BitOperations.TrailingZeroCount(found);
        }

        for (; place <= line.Length; place++)
        {
            if (place < line.Length && line[place] != _delimiter)
                continue;
            if (count == _ends.Length)
                Grow();
            _ends[count++] = place;
        }

        return count;
    }

    /// <summary>A bit for each of sixteen characters.</summary>
    static uint Found(ReadOnlySpan<ushort> characters, Vector128<ushort> wanted)
    {
        Vector128<ushort> low = Vector128.Equals(Vector128.Create(characters), wanted);
        Vector128<ushort> high = Vector128.Equals(Vector128.Create(characters[Vector128<ushort>.Count..]), wanted);
        return Vector128.NarrowWithSaturation(low.AsInt16(), high.AsInt16()).ExtractMostSignificantBits();
    }

    void Grow()
    {
        int length = _ends.Length * 2;
        if (length > MostCells)
            throw _context.AtLine(Line, $"there are more than {MostCells / 2} cells, which no table has.");
        Array.Resize(ref _ends, length);
        Array.Resize(ref _left, length);
        Array.Resize(ref _takers, length);
    }

    // The parser counts lines to the end of the record; those inside its quotes come off again. A record with an odd number
    // of quotes ends inside them, with the file.
    static long LineOfRecord(CsvParser parser)
    {
        ReadOnlySpan<char> record = parser.RawRecord;
        int quotes = record.Count('"');
        if (quotes == 0)
            return parser.RawRow;
        ReadOnlySpan<char> quoted = (quotes & 1) == 0 ? record.TrimEnd("\r\n") : record;
        return parser.RawRow - (quoted.Count('\n') + quoted.Count('\r') - quoted.Count("\r\n"));
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

using System.Buffers;

namespace Backprop;

/// <summary>
/// The first records of a CSV text, before it is known what stands between cells: how often each character that may do so
/// occurs in them outside quotes, and what their cells would be.
/// </summary>
sealed class CsvSample
{
    /// <summary>What may stand between cells, besides what somebody says.</summary>
    public const string Candidates = "\t;|, ";


    // There may be many comments above a table.
    const int MostRecords = 50;
    const char Comment = '#';

    static readonly SearchValues<char> s_nothing = SearchValues.Create(Candidates + "\"");

    readonly string _text;
    readonly char[] _candidates;
    readonly List<Record> _records = [];

    /// <summary>The first records of a text.</summary>
    /// <param name="text">The beginning of the file.</param>
    /// <param name="isWhole">Whether that is all of the file, so that its last record counts too.</param>
    /// <param name="skip">So many lines are not looked at.</param>
    /// <param name="delimiter">What stands between cells where that is known.</param>
    public CsvSample(string text, bool isWhole, int skip, char? delimiter)
    {
        _text = text;
        _candidates = delimiter is { } known ? [known] : [.. Candidates];
        int start = 0;
        for (int i = 0; i < skip && start < text.Length; i++)
            start = EndOfLine(start);
        Scan(start, skip + 1, isWhole);
    }

    CsvSample(CsvSample other, List<Record> records)
    {
        (_text, _candidates, _records) = (other._text, other._candidates, records);
    }

    /// <summary>A record: its line, counted from 1, its place in the text, and how often each candidate occurs.</summary>
    readonly record struct Record(int Line, int Start, int End, int[] Counts);

    /// <summary>The number of records that are not blank.</summary>
    public int Count => _records.Count;

    /// <summary>The line on which a record begins, from 1.</summary>
    public int Line(int record) => _records[record].Line;

    /// <summary>A record as it stands in the file.</summary>
    public ReadOnlySpan<char> Text(int record) => _text.AsSpan(_records[record].Start, Length(record));

    /// <summary>How many cells a record has.</summary>
    public int Cells(int record, char delimiter) => _records[record].Counts[Array.IndexOf(_candidates, delimiter)] + 1;

    /// <summary>
    /// How many cells the most records have, the larger number of two that are equally frequent, and how many have so many.
    /// </summary>
    public (int Cells, int Records) UsualCells(char delimiter)
    {
        (int cells, int records) = (0, 0);
        foreach (IGrouping<int, Record> group in _records.GroupBy(
            record => record.Counts[Array.IndexOf(_candidates, delimiter)] + 1))
        {
            (records, cells) = Max((group.Count(), group.Key), (records, cells));
        }

        return (cells, records);

        static (int, int) Max((int, int) a, (int, int) b) => a.CompareTo(b) > 0 ? a : b;
    }

    /// <summary>Those of the records that are wanted.</summary>
    public CsvSample Where(Func<int, bool> wanted) => new(this, [.. _records.Where((_, i) => wanted(i))]);

    /// <summary>The cells of a record, trimmed and without their quotes.</summary>
    public string[] Split(int record, char delimiter) => Split(Text(record), delimiter);

    /// <summary>The cells of a text, trimmed and without their quotes.</summary>
    public static string[] Split(ReadOnlySpan<char> text, char delimiter)
    {
        var cells = new List<string>();
        text = delimiter == ' ' ? text.Trim() : text;
        for (int start = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && OpensQuotes(text, i, delimiter))
                i = Math.Min(EndOfQuotes(text, i), text.Length - 1);
            else if (i == text.Length || IsBetween(text[i], delimiter))
            {
                cells.Add(Unquoted(text[start..i]));
                while (delimiter == ' ' && i + 1 < text.Length && text[i + 1] is ' ' or '\t')
                    i++;
                start = i + 1;
            }
        }

        return [.. cells];
    }

    static bool IsBetween(char c, char delimiter) => c == delimiter || (delimiter == ' ' && c == '\t');

    static string Unquoted(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        return cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"'
            ? cell[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal).Trim()
            : cell.ToString();
    }

    int Length(int record) => _records[record].End - _records[record].Start;

    void Scan(int start, int line, bool isWhole)
    {
        var counts = new int[_candidates.Length];
        (int first, int firstLine) = (start, line);
        bool isBlank = true;
        int comments = 0;
        ReadOnlySpan<char> text = _text;
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\n' or '\r')
            {
                if (!isBlank && Take(i))
                    return;
                i = EndOfLine(i) - 1;
                (first, firstLine, isBlank) = (i + 1, ++line, true);
            }
            else if (c == '"' && OpensQuotes(text[first..], i - first, _candidates[0]))
            {
                int end = EndOfQuotes(text, i);
                line += LineBreaks(text[i..Math.Min(end, text.Length)]);
                (i, isBlank) = (end, false);
                if (end >= text.Length)
                    break;
            }
            else
            {
                isBlank &= c is ' ' or '\t';
                Count(i);
            }
        }

        // A record that the sample cuts short says nothing, unless there is no other.
        if (!isBlank && (isWhole || _records.Count == 0))
            Take(text.Length);

        // A record of empty cells says nothing either.
        bool Take(int end)
        {
            if (_text.AsSpan(first..end).IndexOfAnyExcept(s_nothing) >= 0)
                _records.Add(new Record(firstLine, first, end, counts));
            counts = new int[_candidates.Length];
            comments += _text[first] == Comment ? 1 : 0;
            return _records.Count - comments == MostRecords;
        }

        void Count(int i)
        {
            char c = _text[i];
            int candidate = Array.IndexOf(_candidates, c);
            if (c is ' ' or '\t')
                CountBlanks(i);
            if (candidate >= 0 && c != ' ')
                counts[candidate]++;
        }

        // A run of blanks counts once, and not at all where a line begins or ends.
        void CountBlanks(int i)
        {
            int blank = Array.IndexOf(_candidates, ' ');
            bool isLast = i + 1 == _text.Length || _text[i + 1] is ' ' or '\t' or '\n' or '\r';
            if (blank >= 0 && !isLast && !isBlank)
                counts[blank]++;
        }
    }

    int EndOfLine(int start)
    {
        int length = _text.AsSpan(start).IndexOfAny('\n', '\r');
        if (length < 0)
            return _text.Length;
        int end = start + length;
        return end + (_text[end] == '\r' && end + 1 < _text.Length && _text[end + 1] == '\n' ? 2 : 1);
    }

    /// <summary>A quote opens a cell's quotes where the cell begins, blanks before it or not.</summary>
    static bool OpensQuotes(ReadOnlySpan<char> record, int place, char delimiter) => record[place] == '"'
        && (place == 0 || record[place - 1] == delimiter || Candidates.Contains(record[place - 1], StringComparison.Ordinal));

    /// <summary>The place of the quote that closes one, or the end of the text.</summary>
    static int EndOfQuotes(ReadOnlySpan<char> text, int open)
    {
        for (int i = open + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
                continue;
            if (i + 1 == text.Length || text[i + 1] != '"')
                return i;
            i++;
        }

        return text.Length;
    }

    static int LineBreaks(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}

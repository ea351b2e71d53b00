using System.Buffers;

namespace Backprop;

/// <summary>
/// The lines of a text, one after the other out of one buffer. A line in which a quote or a zero byte stands is left to a
/// parser: read as a <see cref="TextReader"/>, this gives the parser that line, and one line more each time it asks.
/// </summary>
sealed class CsvLines(TextReader text) : TextReader
{
    /// <summary>The most characters of one record, with some allowance for the parser's buffer.</summary>
    public const int LongestRecord = 1 << 24;

    static readonly SearchValues<char> s_special = SearchValues.Create("\"\0");

    char[] _buffer = new char[1 << 16];
    int _start;
    int _filled;
    int _searched;
    int _special;
    int _lineStart;
    int _lineLength;
    int _sinceRecord;
    bool _isAtEnd;

    /// <summary>The line without what ends it; good until the next call.</summary>
    public ReadOnlySpan<char> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>Whether the next line has to go through a parser, which then reads it.</summary>
    public bool NeedsParser { get; private set; }

    /// <summary>
    /// Whether a line for the parser ended with a carriage return alone. The parser looks for a line feed behind it and so
    /// begins the next record; from then on it must have them all.
    /// </summary>
    public bool ParserReadAhead { get; private set; }

    /// <summary>Goes to the next line, or finds that it needs a parser.</summary>
    /// <exception cref="RecordLimitException">The line is too long; <see cref="Line"/> is what there is of it.</exception>
    public bool Next()
    {
        while (true)
        {
            int end = FindEnd();
            NeedsParser = FindSpecial() < (end < 0 ? _filled : end);
            if (NeedsParser)
            {
                _sinceRecord = 0;
                return true;
            }

            if (end >= 0 || _isAtEnd)
            {
                (_lineStart, _lineLength) = (_start, (end < 0 ? _filled : end) - _start);
                bool isLine = end >= 0 || _start < _filled;
                _start = end < 0 ? _filled : end + EndLength(end);
                return isLine;
            }

            (_lineStart, _lineLength) = (_start, _filled - _start);
            if (_lineLength > LongestRecord)
                throw new RecordLimitException();
            Fill();
        }
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (_sinceRecord > LongestRecord)
            throw new RecordLimitException();
        if (_start == _filled)
            Fill();
        int end = FindEnd();
        int length = Math.Min(count, (end < 0 ? _filled : end + EndLength(end)) - _start);
        if (length == 0)
            return 0;
        _buffer.AsSpan(_start, length).CopyTo(buffer.AsSpan(index));
        _start += length;
        _sinceRecord += length;
        ParserReadAhead |= buffer[index + length - 1] == '\r';
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Where the line ends, or −1: a carriage return counts only when it is known what follows it.</summary>
    int FindEnd()
    {
        while (true)
        {
            _searched = Math.Max(_searched, _start);
            int length = _buffer.AsSpan(_searched, _filled - _searched).IndexOfAny('\n', '\r');
            _searched = length < 0 ? _filled : _searched + length;
            if (length < 0 || _buffer[_searched] == '\n' || _searched + 1 < _filled || _isAtEnd)
                return length < 0 ? -1 : _searched;
            Fill();
        }
    }

    int EndLength(int end) => _buffer[end] == '\r' && end + 1 < _filled && _buffer[end + 1] == '\n' ? 2 : 1;

    /// <summary>Where the first special character is, or behind all that is read so far.</summary>
    int FindSpecial()
    {
        if (_special < _start || (_special < _filled && !s_special.Contains(_buffer[_special])))
        {
            _special = Math.Max(_special, _start);
            int length = _buffer.AsSpan(_special, _filled - _special).IndexOfAny(s_special);
            _special = length < 0 ? _filled : _special + length;
        }

        return _special;
    }

    void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
            (_filled, _searched, _special) = (_filled - _start, Math.Max(0, _searched - _start), Math.Max(0, _special - _start));
            (_lineStart, _start) = (0, 0);
        }

        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int read = text.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        _isAtEnd |= read == 0;
    }
}

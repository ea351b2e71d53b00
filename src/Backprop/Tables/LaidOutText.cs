namespace Backprop;

/// <summary>
/// The text of a table as if nothing else were in its file: lines that are none of the table's are blank, a mark in front of
/// the header is gone, and where blanks stand between cells, one does. Lines keep their numbers.
/// </summary>
sealed class LaidOutText(TextReader text, CsvLayout layout) : TextReader
{
    const int Some = 1 << 15;

    // One place more, for a blank that is owed from before.
    readonly char[] _buffer = new char[Some + 1];
    int _start;
    int _end;
    State _state;
    int _linesToSkip = layout.Skip;
    char? _mark = layout.HeaderMark;
    bool _afterReturn;
    bool _owesBlank;

    enum State
    {
        LineStart,
        Dropped,
        CellStart,
        Cell,
        Quoted,
        QuoteInQuotes,
    }

    public override int Read(char[] buffer, int index, int count)
    {
        while (_start == _end)
        {
            int read = text.Read(_buffer, 1, Some);
            if (read == 0)
                return 0;
            (_start, _end) = (0, Convert(_buffer.AsSpan(0, read + 1)));
        }

        int given = Math.Min(count, _end - _start);
        _buffer.AsSpan(_start, given).CopyTo(buffer.AsSpan(index));
        _start += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Writes what is kept of the characters behind the first place over them, from that place on.</summary>
    int Convert(Span<char> buffer)
    {
        int kept = 0;
        foreach (char c in buffer[1..])
        {
            bool endsLine = c is '\n' or '\r' && _state != State.Quoted;
            if (endsLine)
            {
                _owesBlank = false;
                if (_state != State.LineStart || c == '\r' || !_afterReturn)
                    _linesToSkip--;
                _state = State.LineStart;
            }

            _afterReturn = c == '\r';
            if (!endsLine && !Keeps(c))
                continue;
            if (_owesBlank)
                buffer[kept++] = ' ';
            _owesBlank = false;
            buffer[kept++] = c;
        }

        return kept;
    }

    bool Keeps(char c)
    {
        if (_state == State.LineStart)
        {
            if (_linesToSkip > 0 || (c == layout.Comment && _mark is null))
            {
                _state = State.Dropped;
            }
            else if (c == _mark)
            {
                _mark = null;
                return false;
            }
        }

        if (_state == State.Dropped)
            return false;
        bool isBlank = c is ' ' or '\t';
        if (isBlank && layout.Delimiter == ' ' && _state != State.Quoted)
        {
            _owesBlank = _state != State.LineStart;
            _state = _owesBlank ? State.CellStart : _state;
            return false;
        }

        _state = (c, _state) switch
        {
            ('"', State.LineStart or State.CellStart or State.QuoteInQuotes) => State.Quoted,
            ('"', State.Quoted) => State.QuoteInQuotes,
            (_, State.Quoted) => State.Quoted,
            _ when c == layout.Delimiter => State.CellStart,
            _ when isBlank => _state is State.LineStart or State.CellStart ? State.CellStart : _state,
            _ => State.Cell,
        };
        return true;
    }
}

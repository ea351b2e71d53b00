namespace Backprop;

/// <summary>
/// Hands text on to a parser that buffers a whole record, and stops it before a file without line breaks fills the memory.
/// </summary>
sealed class RecordLimitReader(TextReader inner) : TextReader
{
    /// <summary>The most characters of one record, with some allowance for the parser's buffer.</summary>
    public const int Longest = 1 << 26;

    long _sinceRecord;

    public void BeginRecord() => _sinceRecord = 0;

    public override int Read(char[] buffer, int index, int count)
    {
        if (_sinceRecord > Longest)
            throw new RecordLimitException();
        int read = inner.Read(buffer, index, count);
        _sinceRecord += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

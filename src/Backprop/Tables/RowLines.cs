namespace Backprop;

/// <summary>
/// On which line of its file each row of a table begins: kept only where a row is not on the line behind the last.
/// </summary>
sealed class RowLines
{
    readonly List<(int Row, long Line)> _breaks = [];
    int _count;
    long _last = -1;

    /// <summary>Takes the line of the next row.</summary>
    public void Add(long line)
    {
        if (line != _last + 1 || _count == 0)
            _breaks.Add((_count, line));
        _last = line;
        _count++;
    }

    /// <summary>The lines of some rows.</summary>
    public RowLines Take(int[] rows)
    {
        var lines = new RowLines();
        foreach (int row in rows)
            lines.Add(this[row]);
        return lines;
    }

    /// <summary>The line of a row, counted from 1.</summary>
    public long this[int row]
    {
        get
        {
            int place = _breaks.BinarySearch((row, long.MaxValue));
            (int first, long line) = _breaks[~place - 1];
            return line + row - first;
        }
    }
}

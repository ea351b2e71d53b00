namespace Backprop.Engine;

/// <summary>Rows from <paramref name="Start"/> up to, but without, <paramref name="End"/>.</summary>
readonly record struct RowRange(int Start, int End)
{
    public int Count => End - Start;

    /// <summary>
    /// Part <paramref name="index"/> of <paramref name="parts"/> nearly equal parts, whose borders fall on multiples of
    /// <paramref name="grain"/>.
    /// </summary>
    public RowRange Part(int index, int parts, int grain = 1)
    {
        int grains = (Count + grain - 1) / grain;
        int start = Start + (int)((long)grains * index / parts) * grain;
        int end = Start + (int)((long)grains * (index + 1) / parts) * grain;
        return new RowRange(Math.Min(start, End), Math.Min(end, End));
    }
}

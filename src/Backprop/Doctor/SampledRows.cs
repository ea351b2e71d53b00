namespace Backprop;

/// <summary>Some of many rows, evenly spread, where looking at all would take longer than it tells more.</summary>
static class SampledRows
{
    /// <summary>At most so many of the rows.</summary>
    public static int[] Of(int[] rows, int most)
    {
        if (rows.Length <= most)
            return rows;
        var some = new int[most];
        for (int i = 0; i < most; i++)
            some[i] = rows[(int)((long)rows.Length * i / most)];
        return some;
    }
}

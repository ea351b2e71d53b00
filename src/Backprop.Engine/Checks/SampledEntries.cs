namespace Backprop.Engine;

/// <summary>Which of many things are looked at.</summary>
static class SampledEntries
{
    /// <summary>
    /// <paramref name="wanted"/> different numbers below <paramref name="count"/>, in order, every choice equally likely; all
    /// of them where there are no more, or where 0 are wanted. R. W. Floyd's algorithm (Bentley, Floyd, Communications of the
    /// ACM 30, 1987).
    /// </summary>
    public static int[] Of(int count, int wanted, ulong seed, uint stream)
    {
        if (wanted == 0 || wanted >= count)
            return [.. Enumerable.Range(0, count)];

        var chosen = new HashSet<int>();
        for (int last = count - wanted; last < count; last++)
        {
            int drawn = CounterRandom.Below(last + 1, seed, RandomPurpose.GradientCheck, stream, (ulong)last);
            if (!chosen.Add(drawn))
                chosen.Add(last);
        }

        return [.. chosen.Order()];
    }
}

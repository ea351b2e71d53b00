namespace Backprop;

/// <summary>Which keys would stand at some places if all were sorted, without sorting all.</summary>
static class Selection
{
    const int Bits = 11, Few = 256;

    /// <summary>The key that would stand at a place, counted from 0.</summary>
    /// <param name="keys">The keys in any order, which is lost.</param>
    /// <param name="place">The place.</param>
    public static ulong At(Span<ulong> keys, int place) => At(keys, place, place).Low;

    /// <summary>
    /// The keys that would stand at two places beside each other (or at one): those with the same leading bits are counted,
    /// then, of those that share them with what is looked for, those with the same next bits, until few are left to sort.
    /// </summary>
    public static (ulong Low, ulong High) At(Span<ulong> keys, int low, int high)
    {
        Span<int> counts = stackalloc int[1 << Bits];
        for (int shift = 64 - Bits; keys.Length > Few && shift > 0; shift = Math.Max(0, shift - Bits))
        {
            counts.Clear();
            foreach (ulong key in keys)
                counts[Digit(key, shift)]++;
            int digit = 0, less = 0;
            while (less + counts[digit] <= low)
                less += counts[digit++];
            if (high >= less + counts[digit])
                return Neighbours(keys, shift, digit);

            int kept = 0;
            foreach (ulong key in keys)
            {
                keys[kept] = key;
                kept += Digit(key, shift) == digit ? 1 : 0;
            }

            keys = keys[..kept];
            (low, high) = (low - less, high - less);
        }

        keys.Sort();
        return (keys[low], keys[high]);
    }

    static int Digit(ulong key, int shift) => (int)(key >> shift) & ((1 << Bits) - 1);

    /// <summary>The largest key with leading bits up to some, and the smallest with larger ones.</summary>
    static (ulong Low, ulong High) Neighbours(ReadOnlySpan<ulong> keys, int shift, int digit)
    {
        ulong low = 0, high = ulong.MaxValue;
        foreach (ulong key in keys)
        {
            if (Digit(key, shift) <= digit)
                low = Math.Max(low, key);
            else
                high = Math.Min(high, key);
        }

        return (low, high);
    }
}

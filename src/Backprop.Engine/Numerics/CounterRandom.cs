using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Random numbers as a pure function of (seed, purpose, epoch, index), without any state: the same on every machine,
/// and any of them can be computed by itself, in any order and on any thread.
/// </summary>
/// <remarks>
/// Philox4x32-10. Its key is the seed (low word first), its counter the index (two words, low first), the epoch and the
/// purpose. Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel Random Numbers: As Easy as 1, 2, 3,
/// Proceedings of SC11 (2011).
/// </remarks>
public static class CounterRandom
{
    /// <summary>64 random bits: the first two words of the block at <paramref name="index"/>, low word first.</summary>
    public static ulong Bits(ulong seed, RandomPurpose purpose, uint epoch, ulong index)
    {
        PhiloxBlock block = PhiloxBlock.At(seed, purpose, epoch, index);
        return block.Word0 | ((ulong)block.Word1 << 32);
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³: the upper 53 of <see cref="Bits"/>.</summary>
    public static double Uniform(ulong seed, RandomPurpose purpose, uint epoch, ulong index) =>
        (long)(Bits(seed, purpose, epoch, index) >> 11) * (1.0 / (1L << 53));

    /// <summary>
    /// A standard normal number: the inverse of the distribution function at (k + ½)·2⁻⁵², k the upper 52 of
    /// <see cref="Bits"/>. Always finite.
    /// </summary>
    public static double Normal(ulong seed, RandomPurpose purpose, uint epoch, ulong index) =>
        Elementary.InverseNormal(((long)(Bits(seed, purpose, epoch, index) >> 12) + 0.5) * (1.0 / (1L << 52)));

    /// <summary>
    /// A whole number from 0 to <paramref name="bound"/> − 1: the upper half of bits·bound, whose probabilities differ
    /// from 1/bound by less than 2⁻⁶⁴.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public static int Below(int bound, ulong seed, RandomPurpose purpose, uint epoch, ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return Scaled(bound, Bits(seed, purpose, epoch, index));
    }

    /// <summary>
    /// Puts the items into random order (Fisher–Yates): for i from the last place down to 1, the items at i and at
    /// <see cref="Below"/>(i + 1, …, index i) change places. Every order is equally likely; nothing is allocated.
    /// </summary>
    public static void Shuffle(Span<int> items, ulong seed, RandomPurpose purpose, uint epoch)
    {
        // The blocks of many places side by side; a place takes the first two of its four words.
        const int places = 64;
        Span<uint> words = stackalloc uint[4 * places];
        for (int end = items.Length; end > 1;)
        {
            int first = Math.Max(0, end - places);
            FillWords(words[..(4 * (end - first))], seed, purpose, epoch, 4 * (ulong)first);
            for (int i = end - 1; i >= Math.Max(first, 1); i--)
            {
                ulong bits = words[4 * (i - first)] | ((ulong)words[4 * (i - first) + 1] << 32);
                int other = Scaled(i + 1, bits);
                (items[i], items[other]) = (items[other], items[i]);
            }

            end = first;
        }
    }

    /// <summary>
    /// Random words for consecutive indices: word <c>i</c> is word <c>i mod 4</c> of the block at <c>i / 4</c>, so a
    /// word depends on its own index only, however the range is cut.
    /// </summary>
    /// <param name="words">Filled with the words of <paramref name="firstIndex"/>, <paramref name="firstIndex"/> + 1, …</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What the words are for.</param>
    /// <param name="epoch">The epoch, or whatever the purpose counts.</param>
    /// <param name="firstIndex">The index of the first word.</param>
    public static void FillWords(Span<uint> words, ulong seed, RandomPurpose purpose, uint epoch, ulong firstIndex)
    {
        int i = 0;
        for (; i < words.Length && (firstIndex + (ulong)i) % 4 != 0; i++)
            words[i] = WordAt(seed, purpose, epoch, firstIndex + (ulong)i);

        if (PhiloxLanes.IsSupported && words.Length - i >= PhiloxLanes.WordsAtOnce)
            i += PhiloxLanes.Fill(words[i..], seed, purpose, epoch, (firstIndex + (ulong)i) / 4);

        for (; i + 4 <= words.Length; i += 4)
        {
            PhiloxBlock block = PhiloxBlock.At(seed, purpose, epoch, (firstIndex + (ulong)i) / 4);
            Span<uint> four = words.Slice(i, 4);
            four[0] = block.Word0;
            four[1] = block.Word1;
            four[2] = block.Word2;
            four[3] = block.Word3;
        }

        for (; i < words.Length; i++)
            words[i] = WordAt(seed, purpose, epoch, firstIndex + (ulong)i);
    }

    static int Scaled(int bound, ulong bits) => (int)Math.BigMul(bits, (ulong)bound, out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static uint WordAt(ulong seed, RandomPurpose purpose, uint epoch, ulong index)
    {
        PhiloxBlock block = PhiloxBlock.At(seed, purpose, epoch, index / 4);
        return (index % 4) switch { 0 => block.Word0, 1 => block.Word1, 2 => block.Word2, _ => block.Word3 };
    }
}

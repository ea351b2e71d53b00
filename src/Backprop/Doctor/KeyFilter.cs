using System.Numerics;

namespace Backprop;

/// <summary>A set of keys in few bits: of a key that is in it, it says so; of one in a few dozen that are not, too.</summary>
sealed class KeyFilter
{
    const int BitsPerKey = 32;

    readonly ulong[] _bits;
    readonly int _shift;

    /// <summary>A set.</summary>
    /// <param name="keys">Well mixed keys.</param>
    public KeyFilter(ReadOnlySpan<ulong> keys)
    {
        int size = BitOperations.Log2((ulong)keys.Length * BitsPerKey | 64) + 1;
        _shift = 64 - size;
        _bits = new ulong[1L << (size - 6)];
        foreach (ulong key in keys)
            _bits[key >> _shift >> 6] |= 1UL << (int)(key >> _shift);
    }

    /// <summary>Whether the key may be in the set; false only where it is not.</summary>
    public bool MayHave(ulong key) => (_bits[key >> _shift >> 6] >> (int)(key >> _shift) & 1) != 0;
}

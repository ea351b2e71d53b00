using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Four words of Philox4x32-10; see <see cref="CounterRandom"/> for the source.</summary>
readonly record struct PhiloxBlock(uint Word0, uint Word1, uint Word2, uint Word3)
{
    public const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;

    /// <summary>The golden ratio and √3 − 1 as fractions of 2³².</summary>
    public const uint KeyStep0 = 0x9E3779B9, KeyStep1 = 0xBB67AE85;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxBlock At(ulong seed, RandomPurpose purpose, uint epoch, ulong index) =>
        Encrypt((uint)index, (uint)(index >> 32), epoch, (uint)purpose, (uint)seed, (uint)(seed >> 32));

    /// <summary>Ten rounds over a counter of four words with a key of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxBlock Encrypt(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0, p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        return new(c0, c1, c2, c3);
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Engine;

/// <summary>
/// Four Philox blocks at once, for filling long ranges: the integers of <see cref="PhiloxBlock"/> exactly, each in the
/// low half of a 64-bit lane, whose upper half the multiplication ignores.
/// </summary>
static class PhiloxLanes
{
    /// <summary>How many words one call of <see cref="Fill"/> writes at least.</summary>
    public const int WordsAtOnce = 16;

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Writes as many whole groups of four blocks as fit, from the block at <paramref name="index"/> on.</summary>
    /// <returns>How many words were written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Fill(Span<uint> words, ulong seed, RandomPurpose purpose, uint epoch, ulong index)
    {
        ref ulong destination = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words));
        int groups = words.Length / WordsAtOnce;
        for (int group = 0; group < groups; group++)
        {
            Vector256<ulong> indices = Vector256.Create(index + 4 * (ulong)group) + Vector256.Create(0UL, 1, 2, 3);
            Vector256<ulong> c0 = indices, c1 = indices >>> 32;
            Vector256<ulong> c2 = Vector256.Create((ulong)epoch), c3 = Vector256.Create((ulong)(uint)purpose);
            uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
            for (int round = 0; round < 10; round++)
            {
                Vector256<ulong> p0 = Avx2.Multiply(c0.AsUInt32(), Vector256.Create((ulong)PhiloxBlock.Multiplier0).AsUInt32());
                Vector256<ulong> p1 = Avx2.Multiply(c2.AsUInt32(), Vector256.Create((ulong)PhiloxBlock.Multiplier1).AsUInt32());
                c0 = (p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)k0);
                c2 = (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)k1);
                (c1, c3) = (p1, p0);
                k0 += PhiloxBlock.KeyStep0;
                k1 += PhiloxBlock.KeyStep1;
            }

            // Words 0 and 1, then 2 and 3 of each block side by side, then block after block.
            Vector256<ulong> low = (c0 & Vector256.Create(0xFFFFFFFFUL)) | (c1 << 32);
            Vector256<ulong> high = (c2 & Vector256.Create(0xFFFFFFFFUL)) | (c3 << 32);
            Vector256<ulong> even = Avx2.UnpackLow(low, high), odd = Avx2.UnpackHigh(low, high);
            Avx2.Permute2x128(even, odd, 0x20).StoreUnsafe(ref destination, (nuint)group * 8);
            Avx2.Permute2x128(even, odd, 0x31).StoreUnsafe(ref destination, (nuint)group * 8 + 4);
        }

        return groups * WordsAtOnce;
    }
}

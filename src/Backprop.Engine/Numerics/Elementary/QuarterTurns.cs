namespace Backprop.Engine;

/// <summary>
/// The exact reduction of large angles: x·2/π modulo 4 by integer arithmetic with the bits of 2/π that matter.
/// </summary>
/// <remarks>Payne, Hanek: Radian reduction for trigonometric functions. ACM SIGNUM Newsletter 18 (1983).</remarks>
static class QuarterTurns
{
    /// <summary>64 zero bits, then the first 1,280 bits of 2/π after the binary point.</summary>
    static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0,
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
        0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
        0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
        0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>n modulo 4 and r such that x = n·π/2 + r and |r| ≤ π/4, r with a relative error below 2⁻⁵².</summary>
    /// <param name="x">A finite number, |x| ≥ 2.</param>
    public static (int Quadrant, double Angle) Reduce(double x)
    {
        // |x| = mantissa · 2^exponent.
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >>> 52) & 0x7FF) - 1075;
        ulong mantissa = ((ulong)bits & 0x000FFFFFFFFFFFFF) | 0x0010000000000000;

        // Bits of 2/π whose product with the mantissa's last bit is a multiple of 4 change nothing: start behind them.
        int start = 64 + exponent - 2;
        ulong w2 = Bits(start), w1 = Bits(start + 64), w0 = Bits(start + 128);

        // The low 192 bits of mantissa · window; the two highest are the quadrant, the others the fraction.
        ulong p1 = Math.BigMul(mantissa, w0, out _);
        ulong high = Math.BigMul(mantissa, w1, out ulong low);
        p1 += low;
        ulong p2 = mantissa * w2 + high + (p1 < low ? 1UL : 0UL);
        int quadrant = (int)(p2 >>> 62);
        UInt128 fraction = new UInt128(p2, p1) << 2;
        bool upperHalf = fraction >> 127 != 0;
        if (upperHalf)
        {
            quadrant++;
            fraction = UInt128.Zero - fraction;
        }

        double rest = QuarterTurnsToRadians(fraction);
        bool negative = x < 0;
        return ((negative ? -quadrant : quadrant) & 3, upperHalf != negative ? -rest : rest);
    }

    /// <summary>fraction · 2⁻¹²⁸ · π/2.</summary>
    static double QuarterTurnsToRadians(UInt128 fraction)
    {
        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        if (zeros == 128)
            return 0;

        // 64 leading bits times π/2 · 2⁶³, of which the upper 63 bits convert with one rounding.
        ulong leading = (ulong)(fraction << zeros >> 64);
        ulong product = Math.BigMul(leading, 0xC90FDAA22168C235, out _);
        double scale = BitConverter.Int64BitsToDouble((long)(1023 - 62 - zeros) << 52);
        return (long)(product >>> 1) * scale;
    }

    static ulong Bits(int start)
    {
        int word = start >> 6, shift = start & 63;
        ulong high = TwoOverPi[word] << shift;
        return shift == 0 ? high : high | (TwoOverPi[word + 1] >>> (64 - shift));
    }
}

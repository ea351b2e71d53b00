using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// ln x: x = 2^k·(1 + f) with √½ ≤ 1 + f &lt; √2, then <see cref="LogOfParts{V,T}"/>. At most 1 ulp (measured: 0.78
    /// single, 0.72 double). ln ±0 = −∞, ln of a negative number is NaN, subnormal x are taken exactly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V subnormal = V.LessMask(x, SmallestNormal<V, T>());
        V scaled = V.Select(subnormal, x * V.Constant(typeof(T) == typeof(float) ? 16777216.0 : 18014398509481984.0), x);
        V k = LogExponent<V, T>(scaled) - V.And(subnormal, V.Constant(typeof(T) == typeof(float) ? 24 : 54));
        V y = LogOfParts<V, T>(LogMantissa<V, T>(scaled) - V.Constant(1), k, V.Zero);
        return LogEnds<V, T>(x, y);
    }

    /// <summary>
    /// ln(1 + x), accurate relative to the result near 0 too: 1 + x is rounded to u, and the rounding's error divided
    /// by u is added as a low part. At most 1 ulp (measured: 0.81 single, 0.73 double).
    /// ln(1 − 1) = −∞, below that NaN. Either zero gives +0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOnePlus<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V u = one + x;
        V k = LogExponent<V, T>(u);
        V near = V.EqualMask(k, V.Zero);

        // The exact error of 1 + x (Knuth's two-sum), which matters only where u was scaled by a power of two.
        V rest = u - one;
        V error = (one - (u - rest)) + (x - rest);
        V low = V.AndNot(error / u, near);
        V f = V.Select(near, x, LogMantissa<V, T>(u) - one);
        return LogEnds<V, T>(u, LogOfParts<V, T>(f, k, low));
    }

    /// <summary>
    /// k·ln 2 + ln(1 + f) + low, with s = f / (2 + f) and ln(1 + f) = f − (½f² − s·(½f² + s²·r(s²))).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogOfParts<V, T>(V f, V k, V low)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = f / (V.Constant(2) + f);
        V z = s * s;
        V half = V.Constant(0.5) * f * f;
        V sum = V.MultiplyAdd(LogPolynomial<V, T>(z), z, half);
        V least = V.MultiplyAdd(k, V.Constant(typeof(T) == typeof(float) ? -1.9046542e-09 : 2.3190468138462996e-17), low);
        V tail = half - V.MultiplyAdd(s, sum, least);
        return V.MultiplyAdd(k, V.Constant(typeof(T) == typeof(float) ? 0.6931472 : 0.6931471805599453), f - tail);
    }

    /// <summary>(2·artanh s − 2s) / s³ for z = s² ≤ 0.0295.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogPolynomial<V, T>(V z)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = V.Constant(0.23582001);
            p = V.MultiplyAdd(p, z, V.Constant(0.2853732));
            p = V.MultiplyAdd(p, z, V.Constant(0.40000334));
            p = V.MultiplyAdd(p, z, V.Constant(0.6666666));
            return p;
        }

        p = V.Constant(0.14796074808854584);
        p = V.MultiplyAdd(p, z, V.Constant(0.15314043228810734));
        p = V.MultiplyAdd(p, z, V.Constant(0.1818356439670317));
        p = V.MultiplyAdd(p, z, V.Constant(0.22222198576297864));
        p = V.MultiplyAdd(p, z, V.Constant(0.2857142874230939));
        p = V.MultiplyAdd(p, z, V.Constant(0.39999999999415276));
        p = V.MultiplyAdd(p, z, V.Constant(0.6666666666666734));
        return p;
    }

    /// <summary>k such that x = 2^k·m with √½ ≤ m &lt; √2, for normal x &gt; 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogExponent<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Counted from √½ and biased to stay positive, the exponent is an integer; set into the low bits of a power of
        // two it becomes a number.
        V one = V.Constant(1);
        V shifted = V.AddBits(V.SubtractBits(x, RootOfHalf<V, T>()), one);
        if (typeof(T) == typeof(float))
            return V.Or(V.ShiftRight(shifted, 23), V.Constant(8388608.0)) - V.Constant(8388608.0 + 127);

        return V.Or(V.ShiftRight(shifted, 52), V.Constant(4503599627370496.0)) - V.Constant(4503599627370496.0 + 1023);
    }

    /// <summary>m such that x = 2^k·m with √½ ≤ m &lt; √2, for normal x &gt; 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogMantissa<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V root = RootOfHalf<V, T>();
        V mask = V.FromBits(typeof(T) == typeof(float) ? 0x007FFFFF : 0x000FFFFFFFFFFFFF);
        return V.AddBits(V.And(V.SubtractBits(x, root), mask), root);
    }

    /// <summary>The logarithm at the ends: +∞ and NaN as they are, 0 to −∞, negative numbers to NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V LogEnds<V, T>(V x, V y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        y = V.IfLess(x, V.Constant(double.PositiveInfinity), y, x);
        y = V.Select(V.EqualMask(x, V.Zero), V.Constant(double.NegativeInfinity), y);
        return V.IfLess(x, V.Zero, QuietNaN<V, T>(), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V RootOfHalf<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.FromBits(typeof(T) == typeof(float) ? 0x3F3504F3 : 0x3FE6A09E667F3BCD);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V SmallestNormal<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.FromBits(typeof(T) == typeof(float) ? 0x00800000 : 0x0010000000000000);

    /// <summary>The NaN that invalid arguments give, the same on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V QuietNaN<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => V.FromBits(typeof(T) == typeof(float) ? 0x7FC00000 : 0x7FF8000000000000);
}

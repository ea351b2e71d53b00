using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// 1 / (1 + e^−x), with e = e^−|x| as 1 / (1 + e) for x ≥ 0 and e / (1 + e) below, so that nothing overflows and
    /// very negative x keep their relative accuracy, down to the smallest normal number (+0 below).
    /// At most 2 ulp (measured: 1.37 single, 1.21 double).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Logistic<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V e = ExpOfNonPositive<V, T>(-V.Abs(x));
        V one = V.Constant(1);
        return DivideBySum<V, T>(V.IfLess(x, V.Zero, e, one), one, e);
    }

    /// <summary>
    /// numerator / (a + b) with the rounding of the sum and of the quotient corrected by one step of Newton's method.
    /// a is 1 or 2, b ≥ 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V DivideBySum<V, T>(V numerator, V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sum = a + b;
        V low = b - (sum - a);
        V reciprocal = V.Constant(1) / sum;
        V quotient = numerator * reciprocal;
        V rest = V.SubtractProduct(quotient, sum, numerator);
        rest = V.SubtractProduct(quotient, low, rest);
        return V.MultiplyAdd(rest, reciprocal, quotient);
    }
}

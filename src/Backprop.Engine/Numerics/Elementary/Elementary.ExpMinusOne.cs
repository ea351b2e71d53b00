using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// e^x − 1 = 2ⁿ·(e^r − 1) + (2ⁿ − 1), with the reduction of <see cref="Exp{V,T}"/>; accurate relative to the
    /// result near 0 too. At most 2 ulp (measured: 1.38 single, 1.65 double). Either zero gives +0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Half of everything, because 2^n itself may be one more than the largest exponent.
        V t = NearestExponent<V, T>(x);
        V halfScale = V.AddBits(ShiftToExponent<V, T>(t), V.Constant(0.5));
        V half = V.MultiplyAdd(ExpMinusOneOfRest<V, T>(x, t), halfScale, halfScale - V.Constant(0.5));
        V y = V.IfLess(x, V.Constant(typeof(T) == typeof(float) ? -18 : -38), V.Constant(-1), half + half);
        return V.IfLess(x, ExpOverflow<V, T>(), y, x + V.Constant(double.PositiveInfinity));
    }

    /// <summary>e^x − 1 for 0 ≤ x ≤ 60, without the care for the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ExpMinusOneOfSmall<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = NearestExponent<V, T>(x);
        V scale = PowerOfTwo<V, T>(t);
        return V.MultiplyAdd(ExpMinusOneOfRest<V, T>(x, t), scale, scale - V.Constant(1));
    }
}

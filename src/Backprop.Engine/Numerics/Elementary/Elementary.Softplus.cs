using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// ln(1 + e^x) = max(x, 0) + ln(1 + e) with e = e^−|x| and, for s = e / (2 + e),
    /// ln(1 + e) = e − (½e² − s·(½e² + s²·r(s²))). Accurate at both ends: e^x for very negative x (+0 where that is
    /// below the smallest normal number), x for large. At most 2 ulp (measured: 1.82 single,
    /// 1.4 double).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V e = ExpOfNonPositive<V, T>(-V.Abs(x));
        V s = e / (V.Constant(2) + e);
        V z = s * s;
        V half = V.Constant(0.5) * e * e;
        V sum = V.MultiplyAdd(SoftplusPolynomial<V, T>(z), z, half);
        V y = e - (half - s * sum);
        return V.IfLess(V.Zero, x, x, V.Zero) + y;
    }

    /// <summary>(2·artanh s − 2s) / s³ for z = s² ≤ 1/9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V SoftplusPolynomial<V, T>(V z)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = V.Constant(0.24289414);
            p = V.MultiplyAdd(p, z, V.Constant(0.21430783));
            p = V.MultiplyAdd(p, z, V.Constant(0.28616592));
            p = V.MultiplyAdd(p, z, V.Constant(0.3999889));
            p = V.MultiplyAdd(p, z, V.Constant(0.66666675));
            return p;
        }

        p = V.Constant(0.17009668588791205);
        p = V.MultiplyAdd(p, z, V.Constant(0.08345024657557949));
        p = V.MultiplyAdd(p, z, V.Constant(0.12104931170321481));
        p = V.MultiplyAdd(p, z, V.Constant(0.13301123358744013));
        p = V.MultiplyAdd(p, z, V.Constant(0.15386548218707344));
        p = V.MultiplyAdd(p, z, V.Constant(0.18181744488633686));
        p = V.MultiplyAdd(p, z, V.Constant(0.2222222395332296));
        p = V.MultiplyAdd(p, z, V.Constant(0.28571428548124367));
        p = V.MultiplyAdd(p, z, V.Constant(0.4000000000015505));
        p = V.MultiplyAdd(p, z, V.Constant(0.6666666666666631));
        return p;
    }
}

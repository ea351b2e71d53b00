using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// 1 / (1 + e^−x), with e = e^−|x| as 1 / (1 + e) for x ≥ 0 and e / (1 + e) below, so that nothing overflows and
    /// very negative x keep their relative accuracy, down to the smallest normal number (+0 below).
    /// At most 2 ulp.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Logistic<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V e = ExpOfNonPositive<V, T>(-V.Abs(x));
        V one = V.Constant(1);
        return V.IfLess(x, V.Zero, e, one) / (one + e);
    }
}

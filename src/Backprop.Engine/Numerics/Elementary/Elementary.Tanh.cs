using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// tanh x = t / (t + 2) with t = e^(2|x|) − 1, and the sign of x; accurate relative to the result near 0 too.
    /// At most 2 ulp (measured: 1.51 single, 1.75 double).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From the limit on the result is 1 in the element type.
        V limit = V.Constant(typeof(T) == typeof(float) ? 10 : 20);
        V magnitude = V.Abs(x);
        magnitude = V.Lesser(limit, magnitude);
        V t = ExpMinusOneOfSmall<V, T>(magnitude + magnitude);
        return V.Or(DivideBySum<V, T>(t, V.Constant(2), t), V.And(x, V.Constant(-0.0)));
    }
}

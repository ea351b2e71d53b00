using System.Numerics;

namespace Backprop.Engine;

static class Elementary
{
    public static V Exp<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V ExpMinusOne<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Log<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V LogOnePlus<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Tanh<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Logistic<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Softplus<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Erf<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Sin<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
    public static V Cos<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

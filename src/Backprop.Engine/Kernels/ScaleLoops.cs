using System.Numerics;

namespace Backprop.Engine;

/// <summary>Each column times a factor of its own.</summary>
abstract class ScaleLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static ScaleLoops<T> For(LaneWidth width) => width switch
    {
        LaneWidth.Bits512 => new ScaleLanes<T, Lanes512<T>>(),
        LaneWidth.Bits256 => new ScaleLanes<T, Lanes256<T>>(),
        LaneWidth.Bits128 => new ScaleLanes<T, Lanes128<T>>(),
        _ => new ScaleLanes<T, Lane1<T>>(),
    };

    /// <summary>to[r, j] = from[r, j]·factors[j] for some rows; the padding of to stays 0.</summary>
    /// <param name="from">[rows, columns].</param>
    /// <param name="factors">[1, columns].</param>
    /// <param name="to">[rows, columns], overwritten in <paramref name="rows"/>.</param>
    /// <param name="rows">Which rows.</param>
    public abstract void Multiply(Matrix<T> from, Matrix<T> factors, Matrix<T> to, RowRange rows);
}

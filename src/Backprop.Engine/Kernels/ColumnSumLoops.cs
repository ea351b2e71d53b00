using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Sums down the columns of matrices: each is one chain over the rows in order, from +0 or from what it was, so that neither the
/// vectors nor who sums which columns change a bit.
/// </summary>
/// <remarks>Ranges of columns begin at a multiple of <see cref="Grain"/> and end at one or behind the last column.</remarks>
abstract class ColumnSumLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What borders between ranges of columns are multiples of: the widest vector.</summary>
    public const int Grain = 16;

    public static ColumnSumLoops<T> For(LaneWidth width) => width switch
    {
        LaneWidth.Bits512 => new ColumnSumLanes<T, Lanes512<T>>(),
        LaneWidth.Bits256 => new ColumnSumLanes<T, Lanes256<T>>(),
        LaneWidth.Bits128 => new ColumnSumLanes<T, Lanes128<T>>(),
        _ => new ColumnSumLanes<T, Lane1<T>>(),
    };

    /// <summary>Σ a[r, j] over r &lt; <paramref name="count"/>, plain additions.</summary>
    /// <param name="a">[rows, columns].</param>
    /// <param name="count">How many rows hold data.</param>
    /// <param name="sums">[1, columns], overwritten in <paramref name="columns"/>.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="goOn">Whether the chains go on from what the sums are or start at +0.</param>
    public abstract void Sum(Matrix<T> a, int count, Matrix<T> sums, RowRange columns, bool goOn);

    /// <summary>Σ a[r, j]·b[r, j], one fused multiply-add per term.</summary>
    /// <param name="a">[rows, columns].</param>
    /// <param name="b">[rows, columns].</param>
    /// <param name="count">How many rows hold data.</param>
    /// <param name="sums">[1, columns], overwritten in <paramref name="columns"/>.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="goOn">Whether the chains go on from what the sums are or start at +0.</param>
    public abstract void SumProducts(
        Matrix<T> a, Matrix<T> b, int count, Matrix<T> sums, RowRange columns, bool goOn);

    /// <summary>Σ (a[r, j] − centre[j])², one fused multiply-add per term.</summary>
    /// <param name="a">[rows, columns].</param>
    /// <param name="centre">[1, columns].</param>
    /// <param name="count">How many rows hold data.</param>
    /// <param name="sums">[1, columns], overwritten in <paramref name="columns"/>.</param>
    /// <param name="columns">Which columns.</param>
    public abstract void SumSquares(Matrix<T> a, Matrix<T> centre, int count, Matrix<T> sums, RowRange columns);
}

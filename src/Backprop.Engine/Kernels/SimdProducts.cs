using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The products by tiles of registers. One object serves any number of threads that compute separate rows: what a
/// thread packs lies in memory of its own.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="V">The vector that the tiles are made of.</typeparam>
/// <param name="forced">For tests: the strategy of every product that has it.</param>
/// <param name="counts">For tests: counts what ran. Not for several threads.</param>
sealed class SimdProducts<T, V>(ProductStrategy? forced = null, ProductCounts? counts = null) : Products<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    readonly ProductStrategy? _forced = forced;
    readonly ProductCounts? _counts = counts;
    readonly TileWalk<T, V> _walk = new(counts);
    readonly Matrix<T> _masks = Masks();

    public override int ScratchFor(int longest) => TileWalk<T, V>.ScratchFor(longest);

    /// <inheritdoc/>
    /// <remarks>
    /// W is read once per call and X's rows once per panel of W's columns: fastest where the rows' X and U fit into the
    /// second-level cache, some 64 to 256 rows.
    /// </remarks>
    public override void Forward(Matrix<T> x, Matrix<T> w, Matrix<T>? bias, Matrix<T> u, RowRange rows)
    {
        if (rows.Count <= 0)
            return;

        ProductStrategy strategy = _forced is ProductStrategy.Direct or ProductStrategy.Packed or ProductStrategy.Streamed
            ? _forced.Value
            : ProductPlan.Forward(rows.Count, w.Columns);
        if (strategy == ProductStrategy.Streamed)
        {
            _counts?.Count(strategy, blocks: 1);
            StreamedRows<T, V>.Multiply(x, w, bias, u, rows);
        }
        else if (strategy == ProductStrategy.Packed)
        {
            _walk.MultiplyGathered(x, w, bias, u, rows);
        }
        else
        {
            var a = new LeftOperand<T>(ref x.RowReference(rows.Start), x.Stride, 1);
            _walk.Multiply(a, w, w.Rows, bias, u, rows, goOn: false);
        }

        ClearPadding(u, rows);
    }

    public override void Backward(Matrix<T> du, Matrix<T> w, Matrix<T> dx, RowRange rows)
    {
        if (rows.Count <= 0)
            return;

        ProductStrategy strategy = _forced is ProductStrategy.Transposed or ProductStrategy.Packed
            ? _forced.Value
            : ProductPlan.Backward(rows.Count, w.Rows, w.Columns);
        if (strategy == ProductStrategy.Transposed)
        {
            var a = new LeftOperand<T>(ref w.Origin, w.Stride, 1);
            _walk.MultiplyTransposed(a, w.Rows, du, turnB: true, w.Columns, dx, rows, goOn: false);
        }
        else
        {
            var a = new LeftOperand<T>(ref du.RowReference(rows.Start), du.Stride, 1);
            _walk.MultiplyByTransposed(a, w, w.Columns, dx, rows);
        }

        ClearPadding(dx, rows);
    }

    public override void WeightGradient(
        Matrix<T> x, Matrix<T> du, int count, Matrix<T> dw, RowRange inputs, bool goOn)
    {
        if (inputs.Count <= 0)
            return;

        ProductStrategy strategy = _forced ?? ProductPlan.WeightGradient(count, dw.Columns);
        if (strategy == ProductStrategy.Transposed)
        {
            var a = new LeftOperand<T>(ref du.Origin, 1, du.Stride);
            _walk.MultiplyTransposed(a, dw.Columns, x, turnB: false, count, dw, inputs, goOn);
        }
        else if (strategy == ProductStrategy.Packed)
        {
            _walk.MultiplyTransposedBy(x, du, count, dw, inputs, goOn);
        }
        else
        {
            var a = new LeftOperand<T>(ref Unsafe.Add(ref x.Origin, inputs.Start), 1, x.Stride);
            _walk.Multiply(a, du, count, bias: null, dw, inputs, goOn);
        }

        ClearPadding(dw, inputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BiasGradient(Matrix<T> du, int count, Matrix<T> db, bool goOn)
    {
        int column = 0;
        for (; column < db.Columns - 3 * V.Count; column += 4 * V.Count)
        {
            ref T from = ref Unsafe.Add(ref du.Origin, column);
            ref T to = ref Unsafe.Add(ref db.Origin, column);
            V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero;
            if (goOn)
                (a, b, c, d) = (At(ref to, 0), At(ref to, 1), At(ref to, 2), At(ref to, 3));

            for (int r = 0; r < count; r++)
            {
                a += At(ref from, 0);
                b += At(ref from, 1);
                c += At(ref from, 2);
                d += At(ref from, 3);
                from = ref Unsafe.Add(ref from, du.Stride);
            }

            V.Store(a, ref to, 0);
            V.Store(b, ref to, (nuint)V.Count);
            V.Store(c, ref to, 2 * (nuint)V.Count);
            V.Store(d, ref to, 3 * (nuint)V.Count);
        }

        for (; column < db.Columns; column += V.Count)
        {
            ref T from = ref Unsafe.Add(ref du.Origin, column);
            V sum = goOn ? V.Load(ref db.Origin, (nuint)column) : V.Zero;
            for (int r = 0; r < count; r++)
            {
                sum += V.Load(ref from, 0);
                from = ref Unsafe.Add(ref from, du.Stride);
            }

            V.Store(sum, ref db.Origin, (nuint)column);
        }

        ClearPadding(db, new RowRange(0, 1));
    }

    public override void Multiply(
        LeftOperand<T> a, Matrix<T> b, int innerCount, Matrix<T> c, RowRange rows, bool goOn) =>
        _walk.Multiply(a, b, innerCount, bias: null, c, rows, goOn);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V At(ref T source, nuint vector) => V.Load(ref source, vector * (nuint)V.Count);

    /// <summary>The last vector of a row runs into the padding, where an infinity times 0 would leave NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ClearPadding(Matrix<T> matrix, RowRange rows)
    {
        int stride = matrix.Stride, columns = matrix.Columns;
        if (columns == stride)
            return;

        int last = columns % V.Count;
        int first = columns - last;
        V mask = V.Load(ref _masks.RowReference(last), 0);
        ref T row = ref Unsafe.Add(ref matrix.RowReference(rows.Start), first);
        for (int i = rows.Count; i > 0; i--)
        {
            V.Store(V.And(V.Load(ref row, 0), mask), ref row, 0);
            for (int column = V.Count; column < stride - first; column += V.Count)
                V.Store(V.Zero, ref row, (nuint)column);
            row = ref Unsafe.Add(ref row, stride);
        }
    }

    /// <summary>Row i has its first i lanes set.</summary>
    static Matrix<T> Masks()
    {
        var masks = new Matrix<T>(V.Count, V.Count);
        for (int row = 0; row < V.Count; row++)
        {
            for (int lane = 0; lane < row; lane++)
                Lane1<T>.Store(Lane1<T>.FromBits(-1), ref masks.RowReference(row), (nuint)lane);
        }

        return masks;
    }
}

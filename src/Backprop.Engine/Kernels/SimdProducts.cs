using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The products by tiles of registers. One object serves any number of threads that compute separate rows: what a
/// thread packs lies in memory of its own.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="V">The vector that the tiles are made of.</typeparam>
/// <param name="forced">For tests: the strategy of every product that knows it.</param>
/// <param name="counts">For tests: counts what ran. Not for several threads.</param>
sealed unsafe class SimdProducts<T, V>(ProductStrategy? forced = null, ProductCounts? counts = null) : Products<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>
    /// Inner indices per block: 256 steps of B are 16 KB in a panel of 64 bytes, half of a usual 32 KB first-level cache.
    /// </summary>
    const int InnerBlock = 256;

    /// <summary>Rows of a transposed result that are turned round while they are in the first-level cache.</summary>
    const int TurnedRows = 48;

    readonly ProductStrategy? _forced = forced;
    readonly ProductCounts? _counts = counts;
    readonly TilePanels<T, V> _panels = new(counts);

    /// <summary>Vector i has its first i lanes set.</summary>
    readonly Matrix<T> _masks = Masks();

    static int PanelColumns => Tiles<T, V>.Vectors * V.Count;

    public override void Forward(Matrix<T> x, Matrix<T> w, Matrix<T>? bias, Matrix<T> u, RowRange rows)
    {
        if (rows.Count <= 0)
            return;

        Multiply(
            ref x.RowReference(rows.Start),
            x.Stride,
            1,
            w,
            transposed: false,
            w.Rows,
            bias,
            u,
            rows,
            goOn: false,
            ProductStrategy.Direct);
    }

    public override void Backward(Matrix<T> du, Matrix<T> w, Matrix<T> dx, RowRange rows)
    {
        if (rows.Count <= 0)
            return;

        ProductStrategy strategy = _forced == ProductStrategy.Transposed || _forced == ProductStrategy.Packed
            ? _forced.Value
            : ProductPlan.Backward(rows.Count, w.Rows, w.Columns);
        if (strategy == ProductStrategy.Transposed)
            MultiplyTransposed(ref w.Origin, w.Stride, 1, w.Rows, du, transposed: true, w.Columns, dx, rows, goOn: false);
        else
            Multiply(ref du.RowReference(rows.Start), du.Stride, 1, w, transposed: true, w.Columns, null, dx, rows, goOn: false, strategy);
    }

    public override void WeightGradient(
        Matrix<T> x, Matrix<T> du, int count, Matrix<T> dw, RowRange inputs, bool goOn)
    {
        if (inputs.Count <= 0)
            return;

        ProductStrategy strategy = _forced ?? ProductPlan.WeightGradient(count, dw.Columns);
        if (strategy == ProductStrategy.Transposed)
            MultiplyTransposed(ref du.Origin, 1, du.Stride, dw.Columns, x, transposed: false, count, dw, inputs, goOn);
        else
            Multiply(ref Unsafe.Add(ref x.Origin, inputs.Start), 1, x.Stride, du, transposed: false, count, null, dw, inputs, goOn, strategy);
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

    /// <summary>
    /// C = A·B (+ bias) or A·Bᵀ in some rows of C, panel by panel of B's columns and block by block of inner indices.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Multiply(
        ref T a,
        int rowOfA,
        int innerOfA,
        Matrix<T> b,
        bool transposed,
        int innerCount,
        Matrix<T>? bias,
        Matrix<T> c,
        RowRange rows,
        bool goOn,
        ProductStrategy strategy)
    {
        bool packed = strategy == ProductStrategy.Packed;
        int most = innerOfA == 1 ? InnerBlock : InnerBlock / 2;
        ref T panel = ref packed ? ref Scratch<T>.Take(most * PanelColumns) : ref Unsafe.NullRef<T>();
        int blocks = Blocks(innerCount, most);
        _counts?.Count(strategy, blocks);
        int start = 0;
        for (int block = 0; block < blocks; block++)
        {
            int end = (int)((long)innerCount * (block + 1) / blocks);
            int inner = end - start;
            TileSteps steps = Steps(rowOfA, innerOfA, packed ? PanelColumns : b.Stride, c.Stride, inner, goOn || block > 0);
            ref T blockOfA = ref Unsafe.Add(ref a, (nint)start * innerOfA);
            bool biased = bias is not null && block == blocks - 1;
            int vectors;
            for (int column = 0; column < c.Columns; column += vectors * V.Count)
            {
                int left = VectorsOf(c.Columns - column);
                vectors = packed ? Math.Min(left, Tiles<T, V>.Vectors) : Tiles<T, V>.VectorsFor(rows.Count, left);
                int width = Math.Min(vectors * V.Count, c.Columns - column);
                ref T blockOfB = ref panel;
                if (!packed)
                    blockOfB = ref Unsafe.Add(ref b.RowReference(start), column);
                else if (transposed)
                    Transposition.Copy(ref Unsafe.Add(ref b.RowReference(column), start), b.Stride, ref panel, PanelColumns, width, inner);
                else
                    Pack(ref Unsafe.Add(ref b.RowReference(start), column), b.Stride, ref panel, inner, width);

                _panels.Run(
                    in steps,
                    ref blockOfA,
                    ref blockOfB,
                    ref Unsafe.Add(ref c.RowReference(rows.Start), column),
                    ref biased ? ref Unsafe.Add(ref bias!.Origin, column) : ref Unsafe.NullRef<T>(),
                    rows.Count,
                    vectors);
            }

            start = end;
        }

        ClearPadding(c, rows);
    }

    /// <summary>
    /// C = (A·B)ᵀ or (A·Bᵀ)ᵀ in some rows of C. A has as many rows as C has columns; a panel of A·B has as many columns
    /// as fit into a tile, is computed in scratch memory and turned round into C.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void MultiplyTransposed(
        ref T a,
        int rowOfA,
        int innerOfA,
        int rowsOfA,
        Matrix<T> b,
        bool transposed,
        int innerCount,
        Matrix<T> c,
        RowRange rows,
        bool goOn)
    {
        int widest = Tiles<T, V>.VectorsFor(rowsOfA, Tiles<T, V>.MostVectors) * V.Count;
        ref T turned = ref Scratch<T>.Take((TurnedRows + (transposed ? innerCount : 0)) * widest);
        ref T panel = ref Unsafe.Add(ref turned, TurnedRows * widest);
        int blocks = Blocks(innerCount, InnerBlock);
        _counts?.Count(ProductStrategy.Transposed, blocks);
        int vectors;
        for (int row = rows.Start; row < rows.End; row += vectors * V.Count)
        {
            vectors = Tiles<T, V>.VectorsFor(rowsOfA, VectorsOf(rows.End - row));
            int panelColumns = vectors * V.Count;
            int width = Math.Min(panelColumns, rows.End - row);
            if (transposed)
                Transposition.Copy(ref b.RowReference(row), b.Stride, ref panel, panelColumns, width, innerCount);
            else
                panel = ref Unsafe.Add(ref b.Origin, row);

            nint innerOfB = transposed ? panelColumns : b.Stride;
            for (int column = 0; column < rowsOfA; column += TurnedRows)
            {
                int height = Math.Min(TurnedRows, rowsOfA - column);
                ref T result = ref Unsafe.Add(ref c.RowReference(row), column);
                if (goOn)
                    Transposition.Copy(ref result, c.Stride, ref turned, panelColumns, width, height);

                int start = 0;
                for (int block = 0; block < blocks; block++)
                {
                    int end = (int)((long)innerCount * (block + 1) / blocks);
                    TileSteps steps = Steps(rowOfA, innerOfA, innerOfB, panelColumns, end - start, goOn || block > 0);
                    _panels.Run(
                        in steps,
                        ref Unsafe.Add(ref a, (nint)column * rowOfA + (nint)start * innerOfA),
                        ref Unsafe.Add(ref panel, start * innerOfB),
                        ref turned,
                        ref Unsafe.NullRef<T>(),
                        height,
                        vectors);
                    start = end;
                }

                // Rows of zeros up to whole blocks: turned round, they fall into C's padding.
                int whole = (height + 7) & ~7;
                for (int zero = height * panelColumns; zero < whole * panelColumns; zero += V.Count)
                    V.Store(V.Zero, ref turned, (nuint)zero);
                Transposition.Copy(ref turned, panelColumns, ref result, c.Stride, whole, width);
            }
        }

        ClearPadding(c, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V At(ref T source, nuint vector) => V.Load(ref source, vector * (nuint)V.Count);

    static int VectorsOf(int columns) => (columns + V.Count - 1) / V.Count;

    static int Blocks(int inner, int most) => Math.Max(1, (inner + most - 1) / most);

    /// <summary>Copies the rows of a panel side by side, in whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Pack(ref T from, int stride, ref T to, int rows, int width)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column += V.Count)
                V.Store(V.Load(ref from, (nuint)column), ref to, (nuint)column);
            from = ref Unsafe.Add(ref from, stride);
            to = ref Unsafe.Add(ref to, PanelColumns);
        }
    }

    static TileSteps Steps(int rowOfA, int innerOfA, nint innerOfB, int rowOfC, int count, bool goOn) => new()
    {
        RowOfA = (nint)rowOfA * sizeof(T),
        InnerOfA = (nint)innerOfA * sizeof(T),
        InnerOfB = innerOfB * sizeof(T),
        RowOfC = (nint)rowOfC * sizeof(T),
        Count = count,
        GoOn = goOn,
    };

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

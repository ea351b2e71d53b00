using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The ways through A, B and C tile by tile: a panel of B as wide as a tile meets all rows of A while it is in the
/// first-level cache, block by block of inner indices. A thread's packed panels lie in its <see cref="Scratch{T}"/>.
/// </summary>
sealed unsafe class TileWalk<T, V>(ProductCounts? counts)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>
    /// Inner indices per block where A is read by rows: 256 steps of B are 16 KB in a panel of 64 bytes, half of a usual
    /// first-level cache of 32 KB; A's rows take 256·4 bytes each.
    /// </summary>
    const int InnerBlock = 256;

    /// <summary>Columns of A that are gathered at a time.</summary>
    const int GatheredColumns = ProductPlan.GatheredInputs;

    /// <summary>Rows of A that are gathered at a time: a block of them is 256 KB, half of a usual second-level cache.</summary>
    const int GatheredRows = 256;

    /// <summary>From one gathered row to the next: room for a last vector, and not all rows in one set of the cache.</summary>
    const int GatheredStride = InnerBlock + 16;

    /// <summary>Rows of a transposed result that are turned round while they are in the first-level cache: 3 KB.</summary>
    const int TurnedRows = 48;

    /// <summary>
    /// Inner indices per block where A is read by columns, so that each step takes a cache line of A too: 128 steps of A and
    /// B are 16 KB. Where vectors are whole cache lines, arithmetic takes half the time, but C takes as long as ever to come and
    /// go between two blocks, and first-level caches are larger: 256 steps are then 5 to 18 % faster for wide layers' gradients.
    /// </summary>
    static int InnerBlockByColumns => V.Count * sizeof(T) == 64 ? 256 : 128;

    readonly ProductCounts? _counts = counts;
    readonly TilePanels<T, V> _panels = new(counts);

    /// <summary>The most elements of scratch memory that a thread needs for chains of some length.</summary>
    public static int ScratchFor(int longest)
    {
        int gathered = InnerBlock * PanelColumns + GatheredRows * GatheredStride;
        int byColumns = InnerBlockByColumns * (PanelColumns + GatheredColumns);
        int turned = (TurnedRows + longest) * Tiles<T, V>.MostVectors * V.Count;
        return Math.Max(gathered, Math.Max(byColumns, turned));
    }

    static int PanelColumns => Tiles<T, V>.Vectors * V.Count;

    /// <summary>C = (0 or C) + A·B (+ bias) in some rows of C; A's rows are those.</summary>
    /// <param name="a">A [rows, innerCount].</param>
    /// <param name="b">B [innerCount or more, columns].</param>
    /// <param name="innerCount">The length of the chains.</param>
    /// <param name="bias">[1, columns], added after the chains; or null.</param>
    /// <param name="c">The result [.., columns].</param>
    /// <param name="rows">The rows of C to compute.</param>
    /// <param name="goOn">Whether the chains go on from what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(
        LeftOperand<T> a, Matrix<T> b, int innerCount, Matrix<T>? bias, Matrix<T> c, RowRange rows, bool goOn)
    {
        int most = a.InnerStep == 1 ? InnerBlock : InnerBlockByColumns;
        int blocks = Blocks(innerCount, most);
        _counts?.Count(ProductStrategy.Direct, blocks);
        int start = 0;
        for (int block = 0; block < blocks; block++)
        {
            int end = BlockEnd(innerCount, block, blocks);
            TileSteps steps = Steps(a, b.Stride, c.Stride, end - start, goOn || block > 0);
            bool biased = bias is not null && block == blocks - 1;
            int vectors;
            for (int column = 0; column < c.Columns; column += vectors * V.Count)
            {
                vectors = Tiles<T, V>.VectorsFor(rows.Count, VectorsOf(c.Columns - column));
                _panels.Run(
                    in steps,
                    ref Unsafe.Add(ref a.Origin, (nint)start * a.InnerStep),
                    ref Unsafe.Add(ref b.RowReference(start), column),
                    ref Unsafe.Add(ref c.RowReference(rows.Start), column),
                    ref biased ? ref Unsafe.Add(ref bias!.Origin, column) : ref Unsafe.NullRef<T>(),
                    rows.Count,
                    vectors);
            }

            start = end;
        }
    }

    /// <summary>C = A·B (+ bias) in some rows of C: blocks of A and panels of B are gathered first.</summary>
    /// <param name="a">A [.., innerCount], whose rows are C's.</param>
    /// <param name="b">B [innerCount, columns].</param>
    /// <param name="bias">[1, columns], added after the chains; or null.</param>
    /// <param name="c">The result [.., columns].</param>
    /// <param name="rows">The rows of C to compute.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MultiplyGathered(Matrix<T> a, Matrix<T> b, Matrix<T>? bias, Matrix<T> c, RowRange rows)
    {
        int blocks = Blocks(b.Rows, InnerBlock);
        _counts?.Count(ProductStrategy.Packed, blocks);
        int groups = (rows.Count + GatheredRows - 1) / GatheredRows;
        ref T panel = ref Scratch<T>.Take(InnerBlock * PanelColumns + Math.Min(rows.Count, GatheredRows) * GatheredStride);
        ref T gathered = ref Unsafe.Add(ref panel, InnerBlock * PanelColumns);
        var left = new LeftOperand<T>(ref gathered, GatheredStride, 1);
        for (int group = 0; group < groups; group++)
        {
            RowRange part = rows.Part(group, groups);
            int start = 0;
            for (int block = 0; block < blocks; block++)
            {
                int end = BlockEnd(b.Rows, block, blocks);
                TileSteps steps = Steps(left, PanelColumns, c.Stride, end - start, goOn: block > 0);
                bool biased = bias is not null && block == blocks - 1;
                ref T fromA = ref Unsafe.Add(ref a.RowReference(part.Start), start);
                Gathering<T, V>.Rows(ref fromA, a.Stride, ref gathered, GatheredStride, part.Count, end - start);
                for (int column = 0; column < c.Columns; column += PanelColumns)
                {
                    int vectors = VectorsOf(Math.Min(PanelColumns, c.Columns - column));
                    ref T fromB = ref Unsafe.Add(ref b.RowReference(start), column);
                    Gathering<T, V>.Panel(ref fromB, b.Stride, ref panel, end - start, vectors);
                    _panels.Run(
                        in steps,
                        ref gathered,
                        ref panel,
                        ref Unsafe.Add(ref c.RowReference(part.Start), column),
                        ref biased ? ref Unsafe.Add(ref bias!.Origin, column) : ref Unsafe.NullRef<T>(),
                        part.Count,
                        vectors);
                }

                start = end;
            }
        }
    }

    /// <summary>C = (0 or C) + Aᵀ·B in some rows of C: blocks of A and panels of B are gathered first.</summary>
    /// <param name="a">A [innerCount or more, rows of C].</param>
    /// <param name="b">B [innerCount or more, columns].</param>
    /// <param name="innerCount">The length of the chains.</param>
    /// <param name="c">The result [.., columns].</param>
    /// <param name="rows">The rows of C to compute.</param>
    /// <param name="goOn">Whether the chains go on from what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MultiplyTransposedBy(Matrix<T> a, Matrix<T> b, int innerCount, Matrix<T> c, RowRange rows, bool goOn)
    {
        int blocks = Blocks(innerCount, InnerBlockByColumns);
        _counts?.Count(ProductStrategy.Packed, blocks);
        ref T panel = ref Scratch<T>.Take(InnerBlockByColumns * (PanelColumns + GatheredColumns));
        ref T gathered = ref Unsafe.Add(ref panel, InnerBlockByColumns * PanelColumns);
        var left = new LeftOperand<T>(ref gathered, 1, GatheredColumns);
        int start = 0;
        for (int block = 0; block < blocks; block++)
        {
            int end = BlockEnd(innerCount, block, blocks);
            TileSteps steps = Steps(left, PanelColumns, c.Stride, end - start, goOn || block > 0);
            for (int row = rows.Start; row < rows.End; row += GatheredColumns)
            {
                int height = Math.Min(GatheredColumns, rows.End - row);
                ref T fromA = ref Unsafe.Add(ref a.RowReference(start), row);
                Gathering<T, V>.Rows(ref fromA, a.Stride, ref gathered, GatheredColumns, end - start, height);
                for (int column = 0; column < c.Columns; column += PanelColumns)
                {
                    int width = Math.Min(PanelColumns, c.Columns - column);
                    ref T fromB = ref Unsafe.Add(ref b.RowReference(start), column);
                    Gathering<T, V>.Panel(ref fromB, b.Stride, ref panel, end - start, VectorsOf(width));
                    _panels.Run(
                        in steps,
                        ref gathered,
                        ref panel,
                        ref Unsafe.Add(ref c.RowReference(row), column),
                        ref Unsafe.NullRef<T>(),
                        height,
                        VectorsOf(width));
                }
            }

            start = end;
        }
    }

    /// <summary>C = A·Bᵀ in some rows of C: panels of Bᵀ are gathered from the rows of B.</summary>
    /// <param name="a">A [rows, innerCount].</param>
    /// <param name="b">B [columns, innerCount].</param>
    /// <param name="innerCount">The length of the chains.</param>
    /// <param name="c">The result [.., columns].</param>
    /// <param name="rows">The rows of C to compute.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MultiplyByTransposed(LeftOperand<T> a, Matrix<T> b, int innerCount, Matrix<T> c, RowRange rows)
    {
        int blocks = Blocks(innerCount, InnerBlock);
        _counts?.Count(ProductStrategy.Packed, blocks);
        ref T panel = ref Scratch<T>.Take(InnerBlock * PanelColumns);
        int start = 0;
        for (int block = 0; block < blocks; block++)
        {
            int end = BlockEnd(innerCount, block, blocks);
            TileSteps steps = Steps(a, PanelColumns, c.Stride, end - start, block > 0);
            for (int column = 0; column < c.Columns; column += PanelColumns)
            {
                int width = Math.Min(PanelColumns, c.Columns - column);
                ref T from = ref Unsafe.Add(ref b.RowReference(column), start);
                Transposition.Copy(ref from, b.Stride, ref panel, PanelColumns, width, end - start);
                _panels.Run(
                    in steps,
                    ref Unsafe.Add(ref a.Origin, (nint)start * a.InnerStep),
                    ref panel,
                    ref Unsafe.Add(ref c.RowReference(rows.Start), column),
                    ref Unsafe.NullRef<T>(),
                    rows.Count,
                    VectorsOf(width));
            }

            start = end;
        }
    }

    /// <summary>
    /// C = (0 or C) + (A·B)ᵀ or (A·Bᵀ)ᵀ in some rows of C. A panel of the product is computed in scratch memory and
    /// turned round into C.
    /// </summary>
    /// <param name="a">A [rowsOfA, innerCount].</param>
    /// <param name="rowsOfA">As many as C has columns.</param>
    /// <param name="b">B [innerCount or more, rows of C], or its transpose.</param>
    /// <param name="turnB">Whether <paramref name="b"/> is the transpose: the panels are then turned round first.</param>
    /// <param name="innerCount">The length of the chains.</param>
    /// <param name="c">The result [.., rowsOfA].</param>
    /// <param name="rows">The rows of C to compute.</param>
    /// <param name="goOn">Whether the chains go on from what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MultiplyTransposed(
        LeftOperand<T> a,
        int rowsOfA,
        Matrix<T> b,
        bool turnB,
        int innerCount,
        Matrix<T> c,
        RowRange rows,
        bool goOn)
    {
        int blocks = Blocks(innerCount, InnerBlock);
        _counts?.Count(ProductStrategy.Transposed, blocks);
        int widest = Tiles<T, V>.VectorsFor(rowsOfA, Tiles<T, V>.MostVectors) * V.Count;
        ref T turned = ref Scratch<T>.Take((TurnedRows + (turnB ? innerCount : 0)) * widest);
        ref T panel = ref Unsafe.Add(ref turned, TurnedRows * widest);
        int vectors;
        for (int row = rows.Start; row < rows.End; row += vectors * V.Count)
        {
            vectors = Tiles<T, V>.VectorsFor(rowsOfA, VectorsOf(rows.End - row));
            int panelColumns = vectors * V.Count;
            int width = Math.Min(panelColumns, rows.End - row);
            if (turnB)
                Transposition.Copy(ref b.RowReference(row), b.Stride, ref panel, panelColumns, width, innerCount);
            else
                panel = ref Unsafe.Add(ref b.Origin, row);

            int innerOfB = turnB ? panelColumns : b.Stride;
            for (int column = 0; column < rowsOfA; column += TurnedRows)
            {
                int height = Math.Min(TurnedRows, rowsOfA - column);
                ref T result = ref Unsafe.Add(ref c.RowReference(row), column);
                if (goOn)
                    Transposition.Copy(ref result, c.Stride, ref turned, panelColumns, width, height);

                int start = 0;
                for (int block = 0; block < blocks; block++)
                {
                    int end = BlockEnd(innerCount, block, blocks);
                    TileSteps steps = Steps(a, innerOfB, panelColumns, end - start, goOn || block > 0);
                    _panels.Run(
                        in steps,
                        ref Unsafe.Add(ref a.Origin, (nint)column * a.RowStep + (nint)start * a.InnerStep),
                        ref Unsafe.Add(ref panel, (nint)start * innerOfB),
                        ref turned,
                        ref Unsafe.NullRef<T>(),
                        height,
                        vectors);
                    start = end;
                }

                TurnResult(ref turned, panelColumns, height, ref result, c.Stride, width);
            }
        }
    }

    /// <summary>Turns rows of a result round, with rows of zeros up to a whole block of 8, which fall into C's padding.</summary>
    static void TurnResult(ref T turned, int panelColumns, int height, ref T result, int stride, int width)
    {
        int whole = (height + 7) & ~7;
        for (int zero = height * panelColumns; zero < whole * panelColumns; zero += V.Count)
            V.Store(V.Zero, ref turned, (nuint)zero);
        Transposition.Copy(ref turned, panelColumns, ref result, stride, whole, width);
    }

    static int VectorsOf(int columns) => (columns + V.Count - 1) / V.Count;

    /// <summary>No inner index is one block still, which sets C to 0 and adds the bias.</summary>
    static int Blocks(int inner, int most) => Math.Max(1, (inner + most - 1) / most);

    static int BlockEnd(int inner, int block, int blocks) => (int)((long)inner * (block + 1) / blocks);

    static TileSteps Steps(LeftOperand<T> a, int innerOfB, int rowOfC, int count, bool goOn) => new()
    {
        RowOfA = (nint)a.RowStep * sizeof(T),
        InnerOfA = (nint)a.InnerStep * sizeof(T),
        InnerOfB = (nint)innerOfB * sizeof(T),
        RowOfC = (nint)rowOfC * sizeof(T),
        Count = count,
        GoOn = goOn,
    };
}

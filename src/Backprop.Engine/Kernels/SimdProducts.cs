using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The products by tiles of registers. One object serves any number of threads that compute separate rows: what a
/// thread packs lies in memory of its own.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="V">The vector that the tiles are made of.</typeparam>
sealed unsafe class SimdProducts<T, V> : Products<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>
    /// Inner indices per block: 256 steps of B are 16 KB in a panel of 64 bytes, half of a usual 32 KB first-level cache.
    /// </summary>
    const int InnerBlock = 256;

    [ThreadStatic]
    static Matrix<T>? t_panel;

    static int PanelColumns => Tiles<T, V>.Vectors * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Matrix<T> x, Matrix<T> w, Matrix<T>? bias, Matrix<T> u, RowRange rows)
    {
        if (rows.Count <= 0)
            return;

        int blocks = Blocks(w.Rows);
        for (int block = 0; block < blocks; block++)
        {
            RowRange inner = new RowRange(0, w.Rows).Part(block, blocks);
            TileSteps steps = Steps(x.Stride, 1, w.Stride, u.Stride, inner.Count, block > 0);
            ref T a = ref Unsafe.Add(ref x.RowReference(rows.Start), inner.Start);
            for (int column = 0; column < w.Columns; column += PanelColumns)
            {
                Panel(
                    in steps,
                    ref a,
                    ref Unsafe.Add(ref w.RowReference(inner.Start), column),
                    ref Unsafe.Add(ref u.RowReference(rows.Start), column),
                    ref bias is null || block < blocks - 1 ? ref Unsafe.NullRef<T>() : ref Unsafe.Add(ref bias.Origin, column),
                    rows.Count,
                    VectorsFor(w.Columns - column));
            }
        }

        ClearPadding(u, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Matrix<T> du, Matrix<T> w, Matrix<T> dx, RowRange rows)
    {
        if (rows.Count <= 0)
            return;

        ref T panel = ref Scratch(InnerBlock * PanelColumns);
        int blocks = Blocks(w.Columns);
        for (int block = 0; block < blocks; block++)
        {
            RowRange inner = new RowRange(0, w.Columns).Part(block, blocks);
            TileSteps steps = Steps(du.Stride, 1, PanelColumns, dx.Stride, inner.Count, block > 0);
            ref T a = ref Unsafe.Add(ref du.RowReference(rows.Start), inner.Start);
            for (int column = 0; column < w.Rows; column += PanelColumns)
            {
                int width = Math.Min(PanelColumns, w.Rows - column);
                for (int i = 0; i < width; i++)
                {
                    ref T from = ref Unsafe.Add(ref w.RowReference(column + i), inner.Start);
                    for (int j = 0; j < inner.Count; j++)
                        Unsafe.Add(ref panel, j * PanelColumns + i) = Unsafe.Add(ref from, j);
                }

                Panel(
                    in steps,
                    ref a,
                    ref panel,
                    ref Unsafe.Add(ref dx.RowReference(rows.Start), column),
                    ref Unsafe.NullRef<T>(),
                    rows.Count,
                    VectorsFor(width));
            }
        }

        ClearPadding(dx, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WeightGradient(
        Matrix<T> x, Matrix<T> du, int count, Matrix<T> dw, RowRange inputs, bool goOn)
    {
        if (inputs.Count <= 0)
            return;

        int blocks = Blocks(count);
        for (int block = 0; block < blocks; block++)
        {
            RowRange inner = new RowRange(0, count).Part(block, blocks);
            TileSteps steps = Steps(1, x.Stride, du.Stride, dw.Stride, inner.Count, goOn || block > 0);
            ref T a = ref Unsafe.Add(ref x.RowReference(inner.Start), inputs.Start);
            for (int column = 0; column < dw.Columns; column += PanelColumns)
            {
                Panel(
                    in steps,
                    ref a,
                    ref Unsafe.Add(ref du.RowReference(inner.Start), column),
                    ref Unsafe.Add(ref dw.RowReference(inputs.Start), column),
                    ref Unsafe.NullRef<T>(),
                    inputs.Count,
                    VectorsFor(dw.Columns - column));
            }
        }

        ClearPadding(dw, inputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BiasGradient(Matrix<T> du, int count, Matrix<T> db, bool goOn)
    {
        for (int column = 0; column < db.Columns; column += V.Count)
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

    /// <summary>All tiles of one panel of B, the rows split evenly: 64 rows are 9×6 + 2×5, not 10×6 + 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Panel(
        in TileSteps steps, ref T a, ref T b, ref T c, ref readonly T bias, int rows, int vectors)
    {
        int most = Tiles<T, V>.MostRows(vectors);
        int tiles = (rows + most - 1) / most;
        int height = rows / tiles;
        int taller = rows - tiles * height;
        if (taller > 0)
        {
            var tile = Tiles<T, V>.Find(height + 1, vectors);
            for (int i = 0; i < taller; i++)
            {
                tile(in steps, ref a, ref b, ref c, in bias);
                a = ref Unsafe.AddByteOffset(ref a, steps.RowOfA * (height + 1));
                c = ref Unsafe.AddByteOffset(ref c, steps.RowOfC * (height + 1));
            }
        }

        var lower = Tiles<T, V>.Find(height, vectors);
        for (int i = taller; i < tiles; i++)
        {
            lower(in steps, ref a, ref b, ref c, in bias);
            a = ref Unsafe.AddByteOffset(ref a, steps.RowOfA * height);
            c = ref Unsafe.AddByteOffset(ref c, steps.RowOfC * height);
        }
    }

    static int Blocks(int inner) => Math.Max(1, (inner + InnerBlock - 1) / InnerBlock);

    static int VectorsFor(int columns) => Math.Min(Tiles<T, V>.Vectors, (columns + V.Count - 1) / V.Count);

    static TileSteps Steps(int rowOfA, int innerOfA, int innerOfB, int rowOfC, int count, bool goOn) => new()
    {
        RowOfA = (nint)rowOfA * sizeof(T),
        InnerOfA = (nint)innerOfA * sizeof(T),
        InnerOfB = (nint)innerOfB * sizeof(T),
        RowOfC = (nint)rowOfC * sizeof(T),
        Count = count,
        GoOn = goOn,
    };

    /// <summary>This thread's memory for packed parts, aligned; grows when a product needs more, so steady work allocates nothing.</summary>
    static ref T Scratch(int elements)
    {
        if (t_panel is null || t_panel.Columns < elements)
            t_panel = new Matrix<T>(1, elements);
        return ref t_panel.Origin;
    }

    /// <summary>The last vector of a row may have run into the padding, which an infinity there times 0 makes NaN.</summary>
    static void ClearPadding(Matrix<T> matrix, RowRange rows)
    {
        int padding = matrix.Stride - matrix.Columns;
        if (padding == 0)
            return;

        for (int row = rows.Start; row < rows.End; row++)
            matrix.Padded.Slice(row * matrix.Stride + matrix.Columns, padding).Clear();
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// Single rows times a matrix. Every weight is read once for a row and used once, so memory sets the pace: weights are read
/// in the order in which they lie, a few rows side by side, while the row's accumulators wait in the first-level cache.
/// </summary>
static class StreamedRows<T, V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>Rows of weights side by side: accumulators are loaded and stored once for so many.</summary>
    const int Together = 4;

    /// <summary>Columns whose accumulators, 8 KB of floats, stay in the first-level cache beside the weights.</summary>
    const int PanelColumns = 2048;

    /// <summary>U = X·W + b for a range of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Matrix<T> x, Matrix<T> w, Matrix<T>? bias, Matrix<T> u, RowRange rows)
    {
        for (int row = rows.Start; row < rows.End; row++)
        {
            for (int column = 0; column < w.Columns; column += PanelColumns)
            {
                int width = Math.Min(PanelColumns, w.Columns - column);
                ref T sums = ref Unsafe.Add(ref u.RowReference(row), column);
                for (int j = 0; j < width; j += V.Count)
                    V.Store(V.Zero, ref sums, (nuint)j);

                AddProducts(ref x.RowReference(row), w, column, ref sums, width);
                if (bias is not null)
                    AddBias(ref Unsafe.Add(ref bias.Origin, column), ref sums, width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddProducts(ref T x, Matrix<T> w, int column, ref T sums, int width)
    {
        ref T weights = ref Unsafe.Add(ref w.Origin, column);
        int i = 0;
        for (; i <= w.Rows - Together; i += Together)
        {
            AddFour(ref Unsafe.Add(ref x, i), ref weights, w.Stride, ref sums, width);
            weights = ref Unsafe.Add(ref weights, (nint)Together * w.Stride);
        }

        for (; i < w.Rows; i++)
        {
            AddOne(Unsafe.Add(ref x, i), ref weights, ref sums, width);
            weights = ref Unsafe.Add(ref weights, w.Stride);
        }
    }

    /// <summary>Four steps of each chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddFour(ref T x, ref T weights, nint stride, ref T sums, int width)
    {
        V x0 = V.Broadcast(x), x1 = V.Broadcast(Unsafe.Add(ref x, 1));
        V x2 = V.Broadcast(Unsafe.Add(ref x, 2)), x3 = V.Broadcast(Unsafe.Add(ref x, 3));
        ref T w1 = ref Unsafe.Add(ref weights, stride);
        ref T w2 = ref Unsafe.Add(ref w1, stride);
        ref T w3 = ref Unsafe.Add(ref w2, stride);
        nuint j = 0, next = (nuint)V.Count;
        for (; next < (nuint)width; j += 2 * (nuint)V.Count, next += 2 * (nuint)V.Count)
        {
            V a = V.MultiplyAdd(x0, V.Load(ref weights, j), V.Load(ref sums, j));
            V b = V.MultiplyAdd(x0, V.Load(ref weights, next), V.Load(ref sums, next));
            a = V.MultiplyAdd(x1, V.Load(ref w1, j), a);
            b = V.MultiplyAdd(x1, V.Load(ref w1, next), b);
            a = V.MultiplyAdd(x2, V.Load(ref w2, j), a);
            b = V.MultiplyAdd(x2, V.Load(ref w2, next), b);
            V.Store(V.MultiplyAdd(x3, V.Load(ref w3, j), a), ref sums, j);
            V.Store(V.MultiplyAdd(x3, V.Load(ref w3, next), b), ref sums, next);
        }

        if (j < (nuint)width)
        {
            V a = V.MultiplyAdd(x0, V.Load(ref weights, j), V.Load(ref sums, j));
            a = V.MultiplyAdd(x1, V.Load(ref w1, j), a);
            a = V.MultiplyAdd(x2, V.Load(ref w2, j), a);
            V.Store(V.MultiplyAdd(x3, V.Load(ref w3, j), a), ref sums, j);
        }
    }

    /// <summary>One step of each chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddOne(T x, ref T weights, ref T sums, int width)
    {
        V factor = V.Broadcast(x);
        for (nuint j = 0; j < (nuint)width; j += (nuint)V.Count)
            V.Store(V.MultiplyAdd(factor, V.Load(ref weights, j), V.Load(ref sums, j)), ref sums, j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddBias(ref T bias, ref T sums, int width)
    {
        for (nuint j = 0; j < (nuint)width; j += (nuint)V.Count)
            V.Store(V.Load(ref sums, j) + V.Load(ref bias, j), ref sums, j);
    }
}

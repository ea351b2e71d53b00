using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Copies parts of a matrix side by side, in vectors.</summary>
static class Gathering<T, V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>Copies rows: up to <see cref="ILanes{TSelf, T}.Count"/> − 1 elements more than the width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ref T from, int fromStride, ref T to, int toStride, int rows, int width)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column += V.Count)
                V.Store(V.Load(ref from, (nuint)column), ref to, (nuint)column);
            from = ref Unsafe.Add(ref from, fromStride);
            to = ref Unsafe.Add(ref to, toStride);
        }
    }

    /// <summary>
    /// Copies a panel of one or two vectors, whose rows are two vectors apart. Two vectors go without an inner loop and
    /// four rows at a time: every row may lie on a page of its own, so many must be on their way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel(ref T from, int fromStride, ref T to, int rows, int vectors)
    {
        if (vectors == 1)
        {
            Rows(ref from, fromStride, ref to, 2 * V.Count, rows, V.Count);
            return;
        }

        for (; rows >= 4; rows -= 4)
        {
            Row(ref from, ref to, 0);
            Row(ref Unsafe.Add(ref from, (nint)fromStride), ref to, 1);
            Row(ref Unsafe.Add(ref from, 2 * (nint)fromStride), ref to, 2);
            Row(ref Unsafe.Add(ref from, 3 * (nint)fromStride), ref to, 3);
            from = ref Unsafe.Add(ref from, 4 * (nint)fromStride);
            to = ref Unsafe.Add(ref to, 8 * V.Count);
        }

        for (; rows > 0; rows--)
        {
            Row(ref from, ref to, 0);
            from = ref Unsafe.Add(ref from, (nint)fromStride);
            to = ref Unsafe.Add(ref to, 2 * V.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Row(ref T from, ref T panel, nuint row)
    {
        V first = V.Load(ref from, 0), second = V.Load(ref from, (nuint)V.Count);
        V.Store(first, ref panel, 2 * row * (nuint)V.Count);
        V.Store(second, ref panel, (2 * row + 1) * (nuint)V.Count);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Engine;

/// <summary>
/// Asks for rows of a matrix before they are read. Rows in random order are out of every cache, and a processor does not
/// guess the next; asked for in time, several are on their way at once.
/// </summary>
static class Prefetch
{
    const int Line = 64;

    /// <summary>How many bytes are on their way at a time: some 64 lines, as many as the caches' queues take.</summary>
    const int Window = 4096;

    /// <summary>A matrix of so few bytes stays in the second-level cache.</summary>
    const int Near = 1 << 18;

    /// <summary>How many rows ahead to ask; 0 where that is not worth it.</summary>
    public static unsafe int RowsAhead<T>(Matrix<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long row = (long)matrix.Stride * sizeof(T);
        return matrix.Rows * row <= Near ? 0 : (int)Math.Clamp(Window / row, 1, 16);
    }

    /// <summary>Asks for all of a row.</summary>
    public static unsafe void Row<T>(Matrix<T> matrix, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Sse.IsSupported)
            return;

        // The matrix is pinned.
        byte* from = (byte*)Unsafe.AsPointer(ref matrix.RowReference(row));
        for (byte* end = from + matrix.Columns * sizeof(T); from < end; from += Line)
            Sse.Prefetch0(from);
    }
}

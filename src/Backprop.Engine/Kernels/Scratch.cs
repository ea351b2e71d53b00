using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// A thread's own memory for what a product packs. It grows when a product needs more than any before, so that steady
/// work allocates nothing, and lets one object compute on several threads at once.
/// </summary>
static class Scratch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [ThreadStatic]
    static Matrix<T>? s_memory;

    /// <summary>
    /// At least this many elements, on a 64-byte boundary, with no particular content. The next call on this thread
    /// gives the same ones.
    /// </summary>
    public static ref T Take(int elements)
    {
        Matrix<T>? memory = s_memory;
        if (memory is null || memory.Columns < elements)
            s_memory = memory = new Matrix<T>(1, elements);
        return ref memory.Origin;
    }
}

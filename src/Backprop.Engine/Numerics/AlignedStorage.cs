using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Zeroed arrays on the pinned heap, with a start that falls on a cache line.</summary>
static class AlignedStorage
{
    const int Alignment = 64;

    /// <summary>An array and the offset of its first element on a 64-byte boundary.</summary>
    public static unsafe (T[] Storage, int Offset) Allocate<T>(long count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Room to align the start, and a widest vector that kernels may read, not write, past the end.
        int slack = 2 * Alignment / sizeof(T);
        if (count > Array.MaxLength - slack)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{count} elements are more than one matrix can hold ({Array.MaxLength - slack}).");
        }

        T[] storage = GC.AllocateArray<T>((int)count + slack, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref storage[0]);
        return (storage, (int)((Alignment - address % Alignment) % Alignment) / sizeof(T));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Engine;

/// <summary>Masks for the last vector of a row: all bits set in the lanes that hold data, clear in the padding.</summary>
static class LaneMask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Constant data, not static fields: those would be looked for at every use in code that is compiled only once.
    static ReadOnlySpan<int> Single =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    static ReadOnlySpan<long> Double =>
    [
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The mask with the first <paramref name="remaining"/> lanes set (all, where there are fewer lanes).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(int remaining)
        where V : struct, ILanes<V, T> => From<V>((nuint)(16 - Math.Min(remaining, 16)));

    /// <summary>
    /// The mask whose first 16 − <paramref name="clear"/> lanes are set, <paramref name="clear"/> from 0 to 16 and beyond.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V From<V>(nuint clear)
        where V : struct, ILanes<V, T> => typeof(T) == typeof(float)
        ? V.Load(ref Unsafe.As<int, T>(ref MemoryMarshal.GetReference(Single)), clear)
        : V.Load(ref Unsafe.As<long, T>(ref MemoryMarshal.GetReference(Double)), clear);
}

using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The 16 lanes that every sum along a vector goes through, whatever the hardware's width: element i is added to lane
/// i mod 16, then the lanes are combined by the tree 8-4-2-1.
/// </summary>
[InlineArray(Count)]
struct VirtualLanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Count = 16;

    T _first;

    [UnscopedRef]
    public ref T First => ref _first;

    public void Clear() => ((Span<T>)this).Clear();

    /// <summary>Lane i + lane i+8, then +4, +2, +1. Uses the lanes up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T Sum()
    {
        for (int half = Count / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                this[i] += this[i + half];
        }

        return _first;
    }
}

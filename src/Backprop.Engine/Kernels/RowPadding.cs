using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>The padding that the last vector of a row runs into.</summary>
static class RowPadding<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes what the last vector has written behind the row's columns 0 again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear(ref T row, int columns)
    {
        for (int i = columns; i % V.Count != 0; i++)
            Unsafe.Add(ref row, i) = T.Zero;
    }
}

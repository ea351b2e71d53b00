using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Masks for the last vector of a row: all bits set in the lanes that hold data, clear in the padding.</summary>
static class LaneMask<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly T[] s_table = MakeTable();

    /// <summary>The mask with the first <paramref name="remaining"/> lanes set (all, where there are fewer lanes).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(int remaining)
        where V : struct, ILanes<V, T> =>
        V.Load(ref s_table[VirtualLanes<T>.Count - Math.Min(remaining, VirtualLanes<T>.Count)], 0);

    static T[] MakeTable()
    {
        var table = new T[2 * VirtualLanes<T>.Count];
        table.AsSpan(0, VirtualLanes<T>.Count).Fill(Lane1<T>.First(Lane1<T>.FromBits(-1)));
        return table;
    }
}

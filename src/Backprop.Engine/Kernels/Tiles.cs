using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The innermost loops: a tile holds rows × vectors accumulators in registers and runs their chains side by side,
/// c[r, j] = (0 or c[r, j]) + Σₖ a[r, k]·b[k, j], and then adds the bias where there is one. The methods are generated.
/// </summary>
static unsafe partial class Tiles<T, V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>How many vectors wide a tile usually is.</summary>
    public const int Vectors = 2;

    /// <summary>How many vectors wide the widest tile is.</summary>
    public const int MostVectors = 8;

    /// <summary>
    /// The width of the tiles for so many rows, where so many vectors are left: few rows take wide tiles, because a
    /// processor needs 8 to 10 chains side by side to start two multiply-adds in every cycle.
    /// </summary>
    public static int VectorsFor(int rows, int left) =>
        rows == 1 && left >= 8 ? 8
        : rows <= 3 && left >= 4 ? 4
        : Math.Min(left, Vectors);

    /// <summary>
    /// The tallest tile. A processor with 512-bit vectors has 32 registers: 14×2 accumulators and 4 for operands. One
    /// with 256-bit vectors has 16: 6×2 accumulators and 4, or 12×1 and 2. Wider tiles are for at most 3 rows.
    /// </summary>
    public static int MostRows(int vectors) =>
        vectors > Vectors ? 3
        : V.Count * sizeof(T) == 64 ? 14
        : vectors == Vectors ? 6
        : 12;
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>Runs the tiles of one panel of B, top to bottom.</summary>
sealed unsafe class TilePanels<T, V>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    /// <summary>Room for the tallest tile, in the table of tiles.</summary>
    const int Rows = 16;

    readonly ProductCounts? _counts;
    readonly delegate*<in TileSteps, ref T, ref T, ref T, ref readonly T, void>[] _tiles =
        new delegate*<in TileSteps, ref T, ref T, ref T, ref readonly T, void>[(Tiles<T, V>.MostVectors + 1) * Rows];

    public TilePanels(ProductCounts? counts)
    {
        _counts = counts;
        for (int vectors = 1; vectors <= Tiles<T, V>.MostVectors; vectors++)
        {
            for (int rows = 1; rows < Rows; rows++)
                _tiles[vectors * Rows + rows] = Tiles<T, V>.Find(rows, vectors);
        }
    }

    /// <summary>
    /// C = (0 or C) + A·B (+ bias), with <paramref name="vectors"/> vectors of columns. The rows are split evenly:
    /// 64 rows are 9×6 + 2×5, not 10×6 + 4.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(in TileSteps steps, ref T a, ref T b, ref T c, ref readonly T bias, int rows, int vectors)
    {
        int most = Tiles<T, V>.MostRows(vectors);
        int tiles = (int)((uint)(rows + most - 1) / (uint)most);
        int height = (int)((uint)rows / (uint)tiles);
        int taller = rows - tiles * height;
        if (_counts is not null)
        {
            _counts.CountTiles(height + 1, vectors, taller);
            _counts.CountTiles(height, vectors, tiles - taller);
        }

        if (taller > 0)
        {
            nint stepOfA = steps.RowOfA * (height + 1), stepOfC = steps.RowOfC * (height + 1);
            var tile = _tiles[vectors * Rows + height + 1];
            for (int i = 0; i < taller; i++)
            {
                tile(in steps, ref a, ref b, ref c, in bias);
                a = ref Unsafe.AddByteOffset(ref a, stepOfA);
                c = ref Unsafe.AddByteOffset(ref c, stepOfC);
            }
        }

        nint lowerStepOfA = steps.RowOfA * height, lowerStepOfC = steps.RowOfC * height;
        var lower = _tiles[vectors * Rows + height];
        for (int i = taller; i < tiles; i++)
        {
            lower(in steps, ref a, ref b, ref c, in bias);
            a = ref Unsafe.AddByteOffset(ref a, lowerStepOfA);
            c = ref Unsafe.AddByteOffset(ref c, lowerStepOfC);
        }
    }
}

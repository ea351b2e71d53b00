using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>The <see cref="TilePlan{T}"/> at one vector width.</summary>
sealed unsafe class TilePlanLanes<T, V> : TilePlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
{
    readonly Step[] _tiles;
    TileSteps _steps;

    public TilePlanLanes(int rows, int columns, (int Row, int Inner) a, int strideOfB, int strideOfC)
    {
        _steps = new()
        {
            RowOfA = (nint)a.Row * sizeof(T),
            InnerOfA = (nint)a.Inner * sizeof(T),
            InnerOfB = (nint)strideOfB * sizeof(T),
            RowOfC = (nint)strideOfC * sizeof(T),
            Count = 0,
            GoOn = false,
        };
        var tiles = new List<Step>();
        int vectors;
        for (int column = 0; column < columns; column += vectors * V.Count)
        {
            vectors = Tiles<T, V>.VectorsFor(rows, (columns - column + V.Count - 1) / V.Count);
            int most = Tiles<T, V>.MostRows(vectors);
            int count = (rows + most - 1) / most;
            for (int tile = 0; tile < count; tile++)
            {
                int first = rows * tile / count;
                tiles.Add(new Step(Tiles<T, V>.Find(rows * (tile + 1) / count - first, vectors))
                {
                    A = first * _steps.RowOfA,
                    B = (nint)column * sizeof(T),
                    C = first * _steps.RowOfC + (nint)column * sizeof(T),
                });
            }
        }

        _tiles = [.. tiles];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(ref T a, ref T b, ref T c, int innerCount, bool goOn)
    {
        if (_steps.Count != innerCount || _steps.GoOn != goOn)
            _steps = _steps with { Count = innerCount, GoOn = goOn };

        Step[] tiles = _tiles;
        for (int i = 0; i < tiles.Length; i++)
        {
            ref Step step = ref tiles[i];
            step.Tile(
                in _steps,
                ref Unsafe.AddByteOffset(ref a, step.A),
                ref Unsafe.AddByteOffset(ref b, step.B),
                ref Unsafe.AddByteOffset(ref c, step.C),
                ref Unsafe.NullRef<T>());
        }
    }

    /// <summary>A tile and where in A, B and C it is, in bytes.</summary>
    readonly struct Step(delegate*<in TileSteps, ref T, ref T, ref T, ref readonly T, void> tile)
    {
        public readonly delegate*<in TileSteps, ref T, ref T, ref T, ref readonly T, void> Tile = tile;

        public nint A { get; init; }

        public nint B { get; init; }

        public nint C { get; init; }
    }
}

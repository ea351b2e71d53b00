namespace Backprop.Engine;

/// <summary>What ran, for tests that must know that a path was taken.</summary>
sealed class ProductCounts
{
    readonly int[] _strategies = new int[4];
    readonly int[,] _tiles = new int[32, 16];

    /// <summary>Blocks of inner indices after a product's first, whose chains went on from what C held.</summary>
    public int FurtherBlocks { get; private set; }

    public int this[ProductStrategy strategy] => _strategies[(int)strategy];

    /// <summary>How many tiles of a size ran.</summary>
    public int Tiles(int rows, int vectors) => _tiles[rows, vectors];

    public void Count(ProductStrategy strategy, int blocks)
    {
        _strategies[(int)strategy]++;
        FurtherBlocks += blocks - 1;
    }

    public void CountTiles(int rows, int vectors, int tiles) => _tiles[rows, vectors] += tiles;
}

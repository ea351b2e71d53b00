namespace Backprop.Engine;

/// <summary>
/// What batch statistics ask of the shards of every batch: at least two rows, and no more than memory holds at a time.
/// </summary>
static class WholeShards
{
    /// <summary>
    /// The most rows of a shard: as many of 1,000 values in single precision are 256 MiB for each of a layer's matrices.
    /// </summary>
    public const int MostRows = 65_536;

    /// <summary>Refuses a training whose shards are too small or too large for the network's batch statistics.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shards">Into how many parts a batch is cut.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="batch">The rows of a batch; the last of an epoch may have fewer.</param>
    /// <exception cref="ArgumentException">A shard has one row, or more than <see cref="MostRows"/>.</exception>
    public static void ThrowUnlessFit(Network network, int shards, int rows, int batch)
    {
        if (!network.NeedsWholeShard)
            return;
        int largest = (batch + shards - 1) / shards;
        if (largest > MostRows)
        {
            throw new ArgumentException(
                $"Batch statistics keep all rows of a shard in memory, at most {MostRows}, but a batch of {batch} rows has "
                + $"{largest} in a shard; choose a smaller batch size or more shards.");
        }

        ThrowIfOneIsAlone("a batch", batch, shards);
        ThrowIfOneIsAlone("the last batch of an epoch", rows % batch, shards);
    }

    /// <summary>A shard without rows is left out, but of one row there is no variance.</summary>
    static void ThrowIfOneIsAlone(string which, int batch, int shards)
    {
        var all = new RowRange(0, batch);
        for (int shard = 0; shard < shards; shard++)
        {
            if (all.Part(shard, shards).Count == 1)
            {
                throw new ArgumentException(
                    $"Batch statistics need at least 2 rows in a shard, but {which} has {Counted.Of(batch, "row")}"
                    + $"{(shards > 1 ? $" in {shards} shards" : "")}; choose another batch size.");
            }
        }
    }
}

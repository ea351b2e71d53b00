using Xunit;

namespace Backprop.Engine.Tests;

public sealed class EpochOrderTests
{
    public static TheoryData<int, int, int> Cuts { get; } = new()
    {
        // rows, batch, shards
        { 24, 8, 4 }, { 25, 8, 4 }, { 26, 8, 3 }, { 10, 10, 4 }, { 19, 5, 5 }, { 7, 3, 2 }, { 101, 16, 7 },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Each_shard_sees_only_its_stripe_and_every_row_comes_once_an_epoch(int rows, int batch, int shards)
    {
        foreach (bool shuffle in (bool[])[true, false])
        {
            EpochOrder order = Of(RowOrder.Striped, rows, batch, shards, shuffle);
            var owners = new int[rows];
            Array.Fill(owners, -1);
            for (int epoch = 1; epoch <= 5; epoch++)
            {
                order.Begin(epoch);
                Assert.Equal(Enumerable.Range(0, rows), order.Rows.Order());
                for (int first = 0; first < rows; first += batch)
                {
                    var taken = new RowRange(first, Math.Min(first + batch, rows));
                    for (int shard = 0; shard < shards; shard++)
                    {
                        RowRange part = new RowRange(0, taken.Count).Part(shard, shards);
                        foreach (int row in order.Rows.AsSpan(taken.Start + part.Start, part.Count))
                        {
                            // The first epoch says whose a row is, and the others keep to it.
                            owners[row] = epoch == 1 ? shard : owners[row];
                            Assert.Equal(owners[row], shard);
                        }
                    }
                }
            }

            // Stripes stand side by side, in the order of the shards.
            Assert.Equal(owners.Order(), owners);
        }
    }

    [Fact]
    public void A_stripe_keeps_the_order_of_its_rows_where_nothing_is_shuffled()
    {
        EpochOrder order = Of(RowOrder.Striped, rows: 10, batch: 4, shards: 2, shuffle: false);
        int[] expected = [0, 1, 5, 6, 2, 3, 7, 8, 4, 9];
        Assert.Equal(expected, order.Rows);
        order.Begin(3);
        Assert.Equal(expected, order.Rows);
    }

    [Fact]
    public void Each_epoch_and_each_stripe_has_an_order_of_its_own()
    {
        EpochOrder order = Of(RowOrder.Striped, rows: 40, batch: 40, shards: 2, shuffle: true);
        order.Begin(1);
        int[] first = [.. order.Rows];
        order.Begin(2);
        int[] second = [.. order.Rows];
        Assert.NotEqual(first, second);
        Assert.NotEqual(first[..20], first[20..].Select(row => row - 20));
        order.Begin(1);
        Assert.Equal(first, order.Rows);
    }

    [Fact]
    public void One_shard_is_one_stripe_of_all_rows()
    {
        EpochOrder full = Of(RowOrder.Full, rows: 40, batch: 7, shards: 1, shuffle: true);
        EpochOrder striped = Of(RowOrder.Striped, rows: 40, batch: 7, shards: 1, shuffle: true);
        full.Begin(1);
        striped.Begin(1);
        Assert.Equal(full.Rows, striped.Rows);
        EpochOrder shards = Of(RowOrder.Full, rows: 40, batch: 7, shards: 3, shuffle: true);
        shards.Begin(1);
        Assert.Equal(full.Rows, shards.Rows);
    }

    static EpochOrder Of(RowOrder order, int rows, int batch, int shards, bool shuffle) => new(
        new TrainingOptions { Order = order, BatchSize = batch, Shards = shards, Shuffle = shuffle, Seed = 5 }, rows, batch);
}

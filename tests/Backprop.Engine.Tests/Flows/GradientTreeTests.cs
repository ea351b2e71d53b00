using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Gradients added as they come are those of the tree: neighbours in pairs, then pairs of pairs.</summary>
public sealed class GradientTreeTests
{
    static readonly Network s_network = new(3, [new Dense(5, Activation.Tanh), new Dense(2, Activation.Linear, bias: false)]);

    [Fact]
    public void Gradients_added_as_they_come_are_added_in_pairs_and_pairs_of_pairs()
    {
        for (int shards = 1; shards <= 40; shards++)
        {
            Parameters<float>[] gradients =
                [.. Enumerable.Range(0, shards).Select(shard => Sample.Parameters<float>(s_network, (ulong)shard + 1))];
            var tree = new GradientTree<float>(s_network, new RowRange(0, shards));
            int half = tree.Sum.Buffer.Length / 2;
            for (int shard = 0; shard < shards; shard++)
            {
                tree.RoomFor(shard).CopyFrom(gradients[shard]);
                tree.Add(shard, new RowRange(half, tree.Sum.Buffer.Length));
                tree.Add(shard, new RowRange(0, half));
            }

            tree.AddBranches(shards, new RowRange(0, half));
            tree.AddBranches(shards, new RowRange(half, tree.Sum.Buffer.Length));
            Assert.Equal(InPairs(gradients), tree.Sum.Hash());
        }
    }

    [Fact]
    public void Only_so_many_gradients_are_in_memory_as_the_number_of_shards_has_digits()
    {
        var tree = new GradientTree<float>(s_network, new RowRange(0, 1000));
        Assert.Equal(10, Enumerable.Range(0, 1000).Select(tree.RoomFor).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    /// <summary>
    /// Shards 5 to 12 of a batch are the branches 5, 6 and 7, 8 to 11, and 12: no sum crosses a border of the tree.
    /// </summary>
    [Fact]
    public void Some_of_the_shards_become_the_sums_of_whole_branches()
    {
        var tree = new GradientTree<float>(s_network, new RowRange(5, 13));
        var rooms = new List<Parameters<float>>();
        for (int shard = 5; shard < 13; shard++)
        {
            rooms.Add(tree.RoomFor(shard));
            tree.RoomFor(shard).CopyFrom(Sample.Parameters<float>(s_network, (ulong)shard));
            tree.Add(shard, tree.Elements(Share.All));
        }

        Parameters<float>[] Of(int start, int end) =>
            [.. Enumerable.Range(start, end - start).Select(shard => Sample.Parameters<float>(s_network, (ulong)shard))];
        Assert.Equal(
            [InPairs(Of(5, 6)), InPairs(Of(6, 8)), InPairs(Of(8, 12)), InPairs(Of(12, 13))],
            [rooms[0].Hash(), rooms[1].Hash(), rooms[3].Hash(), rooms[^1].Hash()]);
    }

    /// <summary>The tree as it is drawn: level by level.</summary>
    static string InPairs(Parameters<float>[] level)
    {
        while (level.Length > 1)
            level = [.. level.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : Sum(pair[0], pair[1]))];
        return level[0].Hash();
    }

    static Parameters<float> Sum(Parameters<float> left, Parameters<float> right)
    {
        var sum = new Parameters<float>(s_network);
        for (int i = 0; i < sum.Tensors.Length; i++)
        {
            for (int row = 0; row < sum.Tensors[i].Rows; row++)
            {
                for (int column = 0; column < sum.Tensors[i].Columns; column++)
                    sum.Tensors[i][row, column] = left.Tensors[i][row, column] + right.Tensors[i][row, column];
            }
        }

        return sum;
    }
}

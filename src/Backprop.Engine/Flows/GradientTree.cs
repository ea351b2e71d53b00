using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Adds the gradients of a batch's shards by a fixed tree: neighbours in pairs, then pairs of pairs, until one is left. Gradients
/// come in the order of the shards, and two sums of equally many are added as soon as both are there, so that of n shards only
/// ⌊log₂ n⌋ + 1 gradients are in memory. Sums are made element by element, so any slices of the elements may be added by anybody.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
sealed class GradientTree<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Parameters<T>[] _sums;

    /// <summary>A tree for batches of at most so many shards.</summary>
    public GradientTree(Network network, int shards) =>
        _sums = [.. Enumerable.Range(0, BitOperations.Log2((uint)shards) + 1).Select(_ => new Parameters<T>(network))];

    /// <summary>The whole batch's gradient, once all are added.</summary>
    public Parameters<T> Sum => _sums[0];

    /// <summary>Where the gradient of a shard goes before it is added.</summary>
    /// <param name="shard">The shard, counted from 0: each bit of it that is 1 is a sum that waits.</param>
    public Parameters<T> RoomFor(int shard) => _sums[BitOperations.PopCount((uint)shard)];

    /// <summary>Adds the gradient of a shard to the sums that wait for it.</summary>
    /// <param name="shard">The shard, counted from 0.</param>
    /// <param name="shards">How many there are; the last one's takes all sums together.</param>
    /// <param name="elements">Which elements of the buffers.</param>
    public void Add(int shard, int shards, RowRange elements)
    {
        int last = BitOperations.PopCount((uint)shard);
        int left = shard == shards - 1 ? 0 : BitOperations.PopCount((uint)shard + 1) - 1;
        for (int i = last; i > left; i--)
        {
            Span<T> sum = _sums[i - 1].Buffer.Span[elements.Start..elements.End];
            ReadOnlySpan<T> other = _sums[i].Buffer.Span[elements.Start..elements.End];
            for (int k = 0; k < sum.Length; k++)
                sum[k] += other[k];
        }
    }
}

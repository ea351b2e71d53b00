using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Adds the gradients of a batch's shards by a fixed tree: neighbours in pairs, then pairs of pairs, until one is left. Gradients
/// come in the order of the shards, and two sums that the tree adds are added as soon as both are there, so that of n shards only
/// ⌊log₂ n⌋ + 1 gradients are in memory. Sums are made element by element, so any slices of the elements may be added by anybody.
/// Who has only some of the shards is left with the sums of whole branches, which others' can be added to.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
sealed class GradientTree<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly int _first;
    readonly Parameters<T>[] _sums;

    /// <summary>A tree for some of a batch's shards.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shards">Which shards come: all from 0 on, or the own ones of a rank.</param>
    public GradientTree(Network network, RowRange shards)
    {
        _first = shards.Start;
        int most = Enumerable.Range(_first, Math.Max(1, shards.Count)).Max(shard => Branches(_first, shard)) + 1;
        _sums = [.. Enumerable.Range(0, most).Select(_ => new Parameters<T>(network))];
    }

    /// <summary>The whole batch's gradient, once all are added and <see cref="AddBranches"/> has added the rest.</summary>
    public Parameters<T> Sum => _sums[0];

    /// <summary>The elements that are a member's to add.</summary>
    public RowRange Elements(Share share) => share.Of(Sum.Buffer.Length, UpdateLoops<T>.Grain);

    /// <summary>Where the gradient of a shard goes before it is added.</summary>
    public Parameters<T> RoomFor(int shard) => _sums[Branches(_first, shard)];

    /// <summary>Adds the gradient of a shard to the sums that wait for it.</summary>
    /// <param name="shard">The shard, counted from 0 over the whole batch.</param>
    /// <param name="elements">Which elements of the buffers.</param>
    public void Add(int shard, RowRange elements) => Add(Branches(_first, shard), Branches(_first, shard + 1) - 1, elements);

    /// <summary>Adds the sums of the branches that wait when the last shard of the batch is there, the smallest first.</summary>
    /// <param name="shards">How many shards the batch has.</param>
    /// <param name="elements">Which elements of the buffers.</param>
    public void AddBranches(int shards, RowRange elements) => Add(Branches(_first, shards) - 1, 0, elements);

    void Add(int last, int left, RowRange elements)
    {
        for (int i = last; i > left; i--)
        {
            Span<T> sum = _sums[i - 1].Buffer.Span[elements.Start..elements.End];
            ReadOnlySpan<T> other = _sums[i].Buffer.Span[elements.Start..elements.End];
            for (int k = 0; k < sum.Length; k++)
                sum[k] += other[k];
        }
    }

    /// <summary>
    /// How many whole branches of the tree the shards from one up to another make: each begins at a multiple of its size, a power
    /// of two, and is the largest that does and fits.
    /// </summary>
    static int Branches(int start, int end)
    {
        int count = 0;
        for (; start < end; count++)
        {
            int fits = 1 << BitOperations.Log2((uint)(end - start));
            start += start == 0 ? fits : Math.Min(fits, start & -start);
        }

        return count;
    }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Adds the gradients of shards by a fixed tree: neighbours in pairs, then pairs of pairs, until one is left. Element by element,
/// so any slices of the elements may be added by anybody in any order.
/// </summary>
static class ShardTree
{
    /// <summary>Adds all gradients into the first one.</summary>
    /// <param name="gradients">One for each shard; all are overwritten.</param>
    /// <param name="elements">Which elements of their buffers.</param>
    public static void Add<T>(Parameters<T>[] gradients, RowRange elements)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int stride = 1; stride < gradients.Length; stride *= 2)
        {
            for (int i = 0; i + stride < gradients.Length; i += 2 * stride)
            {
                Span<T> sum = gradients[i].Buffer.Span[elements.Start..elements.End];
                ReadOnlySpan<T> other = gradients[i + stride].Buffer.Span[elements.Start..elements.End];
                for (int k = 0; k < sum.Length; k++)
                    sum[k] += other[k];
            }
        }
    }
}

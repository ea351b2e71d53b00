using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>A shard of a batch, rows side by side whose gradient is summed as one unit.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ShardRecord<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The batch's row that is its first, counted from 0.</summary>
    public required int First { get; init; }

    /// <summary>How many rows it has, 0 where the batch has fewer rows than shards.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// What its rows add to the gradient of each tensor, layer by layer as in <see cref="FlowRecord{T}.Layers"/>; null for
    /// statistics.
    /// </summary>
    public required ImmutableArray<ImmutableArray<ReadOnlyMatrix<T>?>> Gradients { get; init; }
}

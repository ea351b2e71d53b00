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

    /// <summary>What its rows add to ∂e/∂Wᵏ [in, out], for each layer.</summary>
    public required ImmutableArray<ReadOnlyMatrix<T>> WeightGradients { get; init; }

    /// <summary>What its rows add to ∂e/∂bᵏ [1, out], for each layer; null where that has no biases.</summary>
    public required ImmutableArray<ReadOnlyMatrix<T>?> BiasGradients { get; init; }
}

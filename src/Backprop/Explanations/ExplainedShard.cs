using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>A shard of the shown rows: a <see cref="ShardRecord{T}"/> as doubles.</summary>
public sealed class ExplainedShard
{
    internal ExplainedShard()
    {
    }

    /// <summary>The place of its first row among the shown ones, counted from 0.</summary>
    public required int First { get; init; }

    /// <summary>How many rows it has; 0 where there are fewer rows than shards.</summary>
    public required int Count { get; init; }

    /// <summary>What its rows add to ∂e/∂Wᵏ [in, out], for each layer.</summary>
    public required ImmutableArray<ReadOnlyMatrix<double>> WeightGradients { get; init; }

    /// <summary>What its rows add to ∂e/∂bᵏ [1, out], for each layer; null where that has no biases.</summary>
    public required ImmutableArray<ReadOnlyMatrix<double>?> BiasGradients { get; init; }
}

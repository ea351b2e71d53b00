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

    /// <summary>
    /// What its rows add to the gradient of each tensor, layer by layer as in <see cref="Explanation.Layers"/>; null for
    /// statistics.
    /// </summary>
    public required ImmutableArray<ImmutableArray<ReadOnlyMatrix<double>?>> Gradients { get; init; }
}

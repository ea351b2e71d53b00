using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// One tensor of a layer of an <see cref="Explanation"/>: its numbers, their gradient, and what the update makes of them.
/// </summary>
public sealed class ExplainedTensor
{
    internal ExplainedTensor()
    {
    }

    /// <summary>Which tensor.</summary>
    public required Tensor Tensor { get; init; }

    /// <summary>Its numbers before the update [rows, columns].</summary>
    public required ReadOnlyMatrix<double> Values { get; init; }

    /// <summary>∂e/∂ its numbers [rows, columns], or null for running statistics, which no gradient updates.</summary>
    public required ReadOnlyMatrix<double>? Gradient { get; init; }

    /// <summary>Its numbers after the update [rows, columns].</summary>
    public required ReadOnlyMatrix<double> NewValues { get; init; }

    /// <summary>New − old numbers [rows, columns], in the model's precision.</summary>
    public required ReadOnlyMatrix<double> Change { get; init; }

    /// <summary>
    /// What the optimizer remembers of each number before the step, in the order of its formula: m, v [rows, columns]. Empty
    /// where it remembers nothing, before the first step, and for running statistics.
    /// </summary>
    public required ImmutableArray<ReadOnlyMatrix<double>> Moments { get; init; }
}

using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Layer k of an <see cref="Explanation"/>: a <see cref="LayerRecord{T}"/> as doubles, and its parameters after the first
/// update.
/// </summary>
public sealed class ExplainedLayer
{
    internal ExplainedLayer()
    {
    }

    /// <summary>k, counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The layer's shape.</summary>
    public required Dense Layer { get; init; }

    /// <summary>Wᵏ [in, out] before the update.</summary>
    public required ReadOnlyMatrix<double> Weights { get; init; }

    /// <summary>bᵏ [1, out] before the update, or null where the layer has none.</summary>
    public required ReadOnlyMatrix<double>? Biases { get; init; }

    /// <summary>Uᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<double> U { get; init; }

    /// <summary>Xᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<double> X { get; init; }

    /// <summary>fᵏ′(Uᵏ) [rows, out], or null where softmax follows.</summary>
    public required ReadOnlyMatrix<double>? Derivative { get; init; }

    /// <summary>∂e/∂Xᵏ [rows, out], or null for the last layer under a loss that takes ∂e/∂U from U at once.</summary>
    public required ReadOnlyMatrix<double>? OutputErrors { get; init; }

    /// <summary>Delta, ∂e/∂Uᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<double> Delta { get; init; }

    /// <summary>∂e/∂Wᵏ [in, out].</summary>
    public required ReadOnlyMatrix<double> WeightGradient { get; init; }

    /// <summary>∂e/∂bᵏ [1, out], or null.</summary>
    public required ReadOnlyMatrix<double>? BiasGradient { get; init; }

    /// <summary>Wᵏ [in, out] after the update.</summary>
    public required ReadOnlyMatrix<double> NewWeights { get; init; }

    /// <summary>bᵏ [1, out] after the update, or null.</summary>
    public required ReadOnlyMatrix<double>? NewBiases { get; init; }

    /// <summary>New − old weights [in, out], in the model's precision.</summary>
    public required ReadOnlyMatrix<double> WeightChange { get; init; }

    /// <summary>New − old biases [1, out], in the model's precision, or null.</summary>
    public required ReadOnlyMatrix<double>? BiasChange { get; init; }

    /// <summary>
    /// What the optimizer remembers of each weight before the step, in the order of its formula: m, v [in, out]. Empty where
    /// it remembers nothing, or before the first step.
    /// </summary>
    public required ImmutableArray<ReadOnlyMatrix<double>> WeightMoments { get; init; }

    /// <summary>
    /// What the optimizer remembers of each bias before the step, as <see cref="WeightMoments"/>: m, v [1, out].
    /// </summary>
    public required ImmutableArray<ReadOnlyMatrix<double>> BiasMoments { get; init; }
}

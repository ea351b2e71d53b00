using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Layer k of an <see cref="Explanation"/>: a <see cref="LayerRecord{T}"/> as doubles, and its parameters after the first
/// update. What only dense layers have throws <see cref="InvalidOperationException"/> for others.
/// </summary>
public sealed class ExplainedLayer
{
    internal ExplainedLayer()
    {
    }

    /// <summary>k, counted from 1 among <see cref="Network.NumberedLayers"/>.</summary>
    public required int Number { get; init; }

    /// <summary>The layer's shape.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The layer's shape, where it is a dense one.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public Dense Dense => Layer as Dense ?? throw NotDense();

    /// <summary>How many values it gives for a row.</summary>
    public int Width => U.Columns;

    /// <summary>Its tensors, in the order of the network's <see cref="Layout"/>.</summary>
    public required ImmutableArray<ExplainedTensor> Tensors { get; init; }

    /// <summary>Uᵏ [rows, out]; of a layer other than dense, what it gives.</summary>
    public required ReadOnlyMatrix<double> U { get; init; }

    /// <summary>Xᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<double> X { get; init; }

    /// <summary>fᵏ′(Uᵏ) [rows, out], or null where softmax follows and for a layer other than dense.</summary>
    public required ReadOnlyMatrix<double>? Derivative { get; init; }

    /// <summary>∂e/∂Xᵏ [rows, out], or null for the last layer under a loss that takes ∂e/∂U from U at once.</summary>
    public required ReadOnlyMatrix<double>? OutputErrors { get; init; }

    /// <summary>Delta, ∂e/∂Uᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<double> Delta { get; init; }

    /// <summary>
    /// What a normalisation makes of what flows in, before factors and biases [rows, out]; null for other layers.
    /// </summary>
    public required ReadOnlyMatrix<double>? Normalised { get; init; }

    /// <summary>
    /// The means that a batch normalisation took off [shards, out], a row for each shard that has rows; null for other layers
    /// and where it took the running ones.
    /// </summary>
    public required ReadOnlyMatrix<double>? ShardMeans { get; init; }

    /// <summary>The variances that go with <see cref="ShardMeans"/> [shards, out], or null.</summary>
    public required ReadOnlyMatrix<double>? ShardVariances { get; init; }

    /// <summary>Wᵏ [in, out] of a dense layer before the update.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double> Weights => WeightTensor.Values;

    /// <summary>bᵏ [1, out] of a dense layer before the update, or null where it has none.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double>? Biases => BiasTensor?.Values;

    /// <summary>∂e/∂Wᵏ [in, out] of a dense layer.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double> WeightGradient => WeightTensor.Gradient!;

    /// <summary>∂e/∂bᵏ [1, out] of a dense layer, or null.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double>? BiasGradient => BiasTensor?.Gradient;

    /// <summary>Wᵏ [in, out] of a dense layer after the update.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double> NewWeights => WeightTensor.NewValues;

    /// <summary>bᵏ [1, out] of a dense layer after the update, or null.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double>? NewBiases => BiasTensor?.NewValues;

    /// <summary>New − old weights [in, out] of a dense layer, in the model's precision.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double> WeightChange => WeightTensor.Change;

    /// <summary>New − old biases [1, out] of a dense layer, in the model's precision, or null.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<double>? BiasChange => BiasTensor?.Change;

    /// <summary>
    /// What the optimizer remembers of each weight of a dense layer before the step, in the order of its formula: m, v [in,
    /// out]. Empty where it remembers nothing, or before the first step.
    /// </summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ImmutableArray<ReadOnlyMatrix<double>> WeightMoments => WeightTensor.Moments;

    /// <summary>
    /// What the optimizer remembers of each bias before the step, as <see cref="WeightMoments"/>: m, v [1, out].
    /// </summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ImmutableArray<ReadOnlyMatrix<double>> BiasMoments => BiasTensor?.Moments ?? [];

    ExplainedTensor WeightTensor => Layer is Dense ? Tensors[0] : throw NotDense();

    ExplainedTensor? BiasTensor => Dense.HasBias ? Tensors[1] : null;

    InvalidOperationException NotDense() => new($"Layer {Number} is {Layer} and not dense.");
}

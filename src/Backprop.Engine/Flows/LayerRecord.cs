using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>What one batch did in layer k: its values on the way forward, its errors on the way back, its gradient.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Every layer has one but dropout and softmax. Of a layer other than dense, U is what it gives; nothing but softmax can stand
/// between that and X. What only dense layers have throws <see cref="InvalidOperationException"/> for others.
/// </remarks>
public sealed class LayerRecord<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
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
    public required ImmutableArray<TensorRecord<T>> Tensors { get; init; }

    /// <summary>Wᵏ [in, out] of a dense layer, as the batch met it.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<T> Weights => WeightTensor.Values;

    /// <summary>bᵏ [1, out] of a dense layer, or null where it has none.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<T>? Biases => BiasTensor?.Values;

    /// <summary>Uᵏ = Xᵏ⁻¹·Wᵏ + bᵏ [rows, out]; of another kind of layer, what it gives.</summary>
    public required ReadOnlyMatrix<T> U { get; init; }

    /// <summary>Xᵏ = fᵏ(Uᵏ) [rows, out]; of the last layer, the network's output, softmax included.</summary>
    public required ReadOnlyMatrix<T> X { get; init; }

    /// <summary>
    /// fᵏ′(Uᵏ) [rows, out]; null where softmax follows, whose derivative is a matrix for each row, and for a layer other than
    /// dense.
    /// </summary>
    public required ReadOnlyMatrix<T>? Derivative { get; init; }

    /// <summary>
    /// ∂e/∂Xᵏ [rows, out], or null for the last layer under a loss that takes ∂e/∂U from U at once (a joint loss).
    /// </summary>
    public required ReadOnlyMatrix<T>? OutputErrors { get; init; }

    /// <summary>
    /// What a normalisation makes of what flows in, before factors and biases [rows, out]; null for other layers.
    /// </summary>
    public required ReadOnlyMatrix<T>? Normalised { get; init; }

    /// <summary>
    /// The means that a batch normalisation took off [shards, out], a row for each shard that has rows; null for other layers
    /// and where it took the running ones (see <see cref="FlowRecord{T}.UsesBatchStatistics"/>).
    /// </summary>
    public required ReadOnlyMatrix<T>? ShardMeans { get; init; }

    /// <summary>
    /// The variances that go with <see cref="ShardMeans"/>, divided by the number of rows [shards, out]; or null.
    /// </summary>
    public required ReadOnlyMatrix<T>? ShardVariances { get; init; }

    /// <summary>Delta, ∂e/∂Uᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<T> Delta { get; init; }

    /// <summary>∂e/∂Wᵏ = Xᵏ⁻¹ᵀ·∂e/∂Uᵏ [in, out] of a dense layer.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<T> WeightGradient => WeightTensor.Gradient!;

    /// <summary>∂e/∂bᵏ = Σ ∂e/∂Uᵏ over the rows [1, out] of a dense layer, or null where it has no biases.</summary>
    /// <exception cref="InvalidOperationException">The layer is of another kind.</exception>
    public ReadOnlyMatrix<T>? BiasGradient => BiasTensor?.Gradient;

    TensorRecord<T> WeightTensor => Layer is Dense ? Tensors[0] : throw NotDense();

    TensorRecord<T>? BiasTensor => Dense.HasBias ? Tensors[1] : null;

    InvalidOperationException NotDense() => new($"Layer {Number} is {Layer} and not dense.");
}

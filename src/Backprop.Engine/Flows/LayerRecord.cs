using System.Numerics;

namespace Backprop.Engine;

/// <summary>What one batch did in layer k: its values on the way forward, its errors on the way back, its gradient.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LayerRecord<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layer's shape.</summary>
    public required Dense Layer { get; init; }

    /// <summary>Wᵏ [in, out], as the batch met it.</summary>
    public required ReadOnlyMatrix<T> Weights { get; init; }

    /// <summary>bᵏ [1, out], or null where the layer has none.</summary>
    public required ReadOnlyMatrix<T>? Biases { get; init; }

    /// <summary>Uᵏ = Xᵏ⁻¹·Wᵏ + bᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<T> U { get; init; }

    /// <summary>Xᵏ = fᵏ(Uᵏ) [rows, out]; of the last layer, the network's output, softmax included.</summary>
    public required ReadOnlyMatrix<T> X { get; init; }

    /// <summary>fᵏ′(Uᵏ) [rows, out], or null where softmax follows, whose derivative is a matrix for each row.</summary>
    public required ReadOnlyMatrix<T>? Derivative { get; init; }

    /// <summary>
    /// ∂e/∂Xᵏ [rows, out], or null for the last layer under a loss that takes ∂e/∂U from U at once (a joint loss).
    /// </summary>
    public required ReadOnlyMatrix<T>? OutputErrors { get; init; }

    /// <summary>Delta, ∂e/∂Uᵏ [rows, out].</summary>
    public required ReadOnlyMatrix<T> Delta { get; init; }

    /// <summary>∂e/∂Wᵏ = Xᵏ⁻¹ᵀ·∂e/∂Uᵏ [in, out].</summary>
    public required ReadOnlyMatrix<T> WeightGradient { get; init; }

    /// <summary>∂e/∂bᵏ = Σ ∂e/∂Uᵏ over the rows [1, out], or null where the layer has no biases.</summary>
    public required ReadOnlyMatrix<T>? BiasGradient { get; init; }
}

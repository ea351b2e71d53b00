using System.Numerics;

namespace Backprop.Engine;

/// <summary>One tensor of a layer as a batch met it, and what the batch's error says of it.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TensorRecord<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Which tensor.</summary>
    public required Tensor Tensor { get; init; }

    /// <summary>Its numbers [rows, columns].</summary>
    public required ReadOnlyMatrix<T> Values { get; init; }

    /// <summary>∂e/∂ its numbers [rows, columns], or null for a statistic, which no gradient updates.</summary>
    public required ReadOnlyMatrix<T>? Gradient { get; init; }
}

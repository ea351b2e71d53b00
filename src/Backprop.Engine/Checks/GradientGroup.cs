namespace Backprop.Engine;

/// <summary>What a check found of one tensor: ∂e by one of a layer's, such as W or b, or ∂e/∂X⁰.</summary>
public sealed record GradientGroup
{
    /// <summary>Which derivatives.</summary>
    public required GradientTensor Tensor { get; init; }

    /// <summary>
    /// The layer, counted from 0 among <see cref="Network.NumberedLayers"/>; of ∂e/∂X⁰, 0: the layer that the inputs go into.
    /// </summary>
    public required int Layer { get; init; }

    /// <summary>The tensor in words: <c>weights</c>, <c>biases</c>, <c>factors</c>, <c>table 2</c>, <c>inputs</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How many entries the tensor has.</summary>
    public required long Entries { get; init; }

    /// <summary>How many were compared.</summary>
    public required int Checked { get; init; }

    /// <summary>
    /// How many were left out because the activation pattern changes even within the smallest step: a kink is so near that a
    /// difference says nothing.
    /// </summary>
    public required int LeftOut { get; init; }

    /// <summary>
    /// How many were left out because differences do not settle to 10⁻⁷ of the scale, and do not contradict the error flow
    /// either: in a tensor whose derivatives vanish beside the rounding of the loss.
    /// </summary>
    public required int Unresolved { get; init; }

    /// <summary>
    /// What errors are relative to: the largest sum of absolute terms of any entry, such as Σ |Xᵢ·∂e/∂Uⱼ| over the rows for
    /// ∂e/∂W, so that an entry whose terms cancel needs no excuse. A ∂e/∂U that is nothing but the rounding of its own terms
    /// (p − t of a row that fits exactly) counts as 10⁻⁶ of those.
    /// </summary>
    public required double Scale { get; init; }

    /// <summary>The compared entry with the largest error; null where none was compared.</summary>
    public required GradientDifference? Worst { get; init; }

    /// <summary>Whether something was compared, and no error is above the tolerance.</summary>
    public required bool Passed { get; init; }
}

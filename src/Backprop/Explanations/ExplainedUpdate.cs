using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// How one step of the recipe's optimizer, the first or the next of a checkpoint, makes new parameters of a gradient: for a
/// weight p with ∂e/∂p, g = ∂e/∂p + λ₂·p + λ₁·sign(p), held between ±<see cref="Engine.Clip.Value"/>, times
/// <see cref="ClipFactor"/>; p ← (1 − η·decay)·p; then the optimizer's rule with η. Biases have no penalty and no decay. η and
/// decay of a tensor are multiplied by its factors, where it has some.
/// </summary>
public sealed class ExplainedUpdate
{
    internal ExplainedUpdate()
    {
    }

    /// <summary>The optimizer.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>Its parameters by name, such as beta1.</summary>
    public required ImmutableArray<KeyValuePair<string, double>> OptimizerParameters { get; init; }

    /// <summary>The step, counted from 1: 1, or the next after a checkpoint.</summary>
    public required long Step { get; init; }

    /// <summary>η of this step: <see cref="BaseLearningRate"/> times what the schedule says of <see cref="Step"/>.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The recipe's learning rate.</summary>
    public required double BaseLearningRate { get; init; }

    /// <summary>The schedule.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>
    /// How many steps the schedule is told there will be: the recipe's epochs, of one batch each, or those of the training
    /// that a checkpoint is of.
    /// </summary>
    public required long TotalSteps { get; init; }

    /// <summary>λ₁ of λ₁·Σ|w|.</summary>
    public required double L1 { get; init; }

    /// <summary>λ₂ of ½·λ₂·Σw².</summary>
    public required double L2 { get; init; }

    /// <summary>Decoupled weight decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>What η is multiplied by for some tensors.</summary>
    public required TensorFactors LearningRateFactors { get; init; }

    /// <summary>What the decay is multiplied by for some tensors: 1 for other weights, 0 for other biases and factors.</summary>
    public required TensorFactors DecayFactors { get; init; }

    /// <summary>The limit of the gradient.</summary>
    public required Clip Clip { get; init; }

    /// <summary>‖g‖₂ over all weights and biases, penalties included, where it is clipped by norm; otherwise null.</summary>
    public required double? GradientNorm { get; init; }

    /// <summary>min(1, limit / (‖g‖ + 10⁻⁶)) where it is clipped by norm; otherwise 1.</summary>
    public required double ClipFactor { get; init; }

    /// <summary>Whether the step is p ← p − η·∂e/∂p and nothing else.</summary>
    public bool IsPlain =>
        Optimizer.Equals(Optimizer.GradientDescent) && L1 == 0 && L2 == 0 && WeightDecay == 0 && LearningRateFactors.IsEmpty
        && Clip == Clip.None;
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// An update rule by name: how parameters follow from gradients. Optimizers of the same name, which holds all their
/// parameters, are equal.
/// </summary>
public sealed partial class Optimizer : IEquatable<Optimizer>
{
    readonly IUpdateRuleBinder _binder;

    Optimizer(IUpdateRuleBinder binder) => _binder = binder;

    /// <summary>The name with its parameters, as recipes write it: <c>momentum:momentum=0.9</c>.</summary>
    public string Name => Named.ToString();

    /// <summary>The rule's name and numbers.</summary>
    public Named Named => _binder.Named;

    /// <summary>How the rule reads.</summary>
    internal UpdateFormula Formula => _binder.Formula;

    /// <summary>How many numbers it keeps for each parameter: 0, 1 or 2.</summary>
    public int MomentCount => _binder.MomentCount;

    /// <summary>Whether a step must be computed from all training rows (a batch would mislead the rule).</summary>
    public bool NeedsFullBatch => _binder.NeedsFullBatch;

    /// <summary>The learning rate that is taken where none is given.</summary>
    public double DefaultLearningRate => _binder.DefaultLearningRate;

    /// <summary>The decoupled weight decay that is taken where none is given: 0.01 for AdamW, 0 for all others.</summary>
    public double DefaultWeightDecay => _binder.DefaultWeightDecay;

    /// <summary>Running products such as β^t before the first step.</summary>
    internal ReadOnlySpan<double> InitialScalars => _binder.InitialScalars;

    /// <inheritdoc/>
    public bool Equals(Optimizer? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Optimizer);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>What a moment holds before the first step.</summary>
    internal double InitialMoment(int index, double learningRate) => _binder.InitialMoment(index, learningRate);

    /// <summary>Carries the running products on by one step and gives the scalars of that step.</summary>
    internal StepScalars<double> Begin(double learningRate, Span<double> running) => _binder.Begin(learningRate, running);

    /// <summary>The loops for one element type and vector width.</summary>
    internal UpdateLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _binder.Bind<T>(width);
}

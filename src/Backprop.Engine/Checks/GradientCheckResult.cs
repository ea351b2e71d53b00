using System.Collections.Immutable;
using System.Globalization;

namespace Backprop.Engine;

/// <summary>How the gradient of the error flow compares with differences of the loss, tensor by tensor.</summary>
public sealed class GradientCheckResult
{
    internal GradientCheckResult(ImmutableArray<GradientGroup> groups, double tolerance) =>
        (Groups, Tolerance) = (groups, tolerance);

    /// <summary>
    /// ∂e/∂X⁰ first, then of each layer the gradients of its tensors in order: of a dense one ∂e/∂W and, where it has biases,
    /// ∂e/∂b.
    /// </summary>
    public ImmutableArray<GradientGroup> Groups { get; }

    /// <summary>The largest error that passes.</summary>
    public double Tolerance { get; }

    /// <summary>Whether of every tensor something was compared, and no error is above the tolerance.</summary>
    public bool Passed => Groups.All(group => group.Passed);

    /// <summary>The tensor with the largest error; null where nothing was compared.</summary>
    public GradientGroup? Worst =>
        Groups.Where(group => group.Worst is not null).MaxBy(group => group.Worst!.Value.Error);

    /// <summary>The largest error of all; 0 where nothing was compared.</summary>
    public double WorstError => Worst?.Worst?.Error ?? 0;

    /// <summary>How many entries were compared.</summary>
    public long Checked => Groups.Sum(group => (long)group.Checked);

    /// <summary>How many were left out at kinks.</summary>
    public long LeftOut => Groups.Sum(group => (long)group.LeftOut);

    /// <summary>How many were left out because differences do not settle.</summary>
    public long Unresolved => Groups.Sum(group => (long)group.Unresolved);

    /// <summary>The result in one line.</summary>
    public override string ToString()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string head = Passed ? "gradients agree" : "gradients do not agree";
        if (Groups.FirstOrDefault(group => group.Checked == 0) is { } none)
            return string.Create(invariant, $"{head}: nothing could be checked of the {Name(none)}");
        GradientDifference worst = Worst!.Worst!.Value;
        return string.Create(
            invariant,
            $"{head}: worst error {worst.Error:0.0e+0} in the {Name(Worst)} [{worst.Row}, {worst.Column}], "
            + $"{worst.Analytic:g6} against {worst.Difference:g6} by differences, tolerance {Tolerance:0.0e+0}");
    }

    static string Name(GradientGroup group) => group.Tensor == GradientTensor.Inputs
        ? group.Name
        : string.Create(CultureInfo.InvariantCulture, $"{group.Name} of layer {group.Layer + 1}");
}

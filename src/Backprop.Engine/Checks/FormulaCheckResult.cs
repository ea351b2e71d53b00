using System.Globalization;

namespace Backprop.Engine;

/// <summary>How the derivative that an activation or a loss states compares with differences of its value.</summary>
public sealed record FormulaCheckResult
{
    /// <summary>The activation's or the loss's name.</summary>
    public required string Name { get; init; }

    /// <summary>The largest error that passes.</summary>
    public required double Tolerance { get; init; }

    /// <summary>At how many inputs it was compared.</summary>
    public required int Checked { get; init; }

    /// <summary>How many inputs were left out: kinks, and where value or derivative is not finite.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The input with the largest error: u of an activation, the output (X, or U for a joint loss) of a loss.</summary>
    public required double Input { get; init; }

    /// <summary>The target at the largest error; null for an activation.</summary>
    public required double? Target { get; init; }

    /// <summary>The derivative that is stated there.</summary>
    public required double Analytic { get; init; }

    /// <summary>The derivative by differences there.</summary>
    public required double Difference { get; init; }

    /// <summary>How far they are apart, relative to the larger of them or, near zeros of the derivative, to the value.</summary>
    public required double Error { get; init; }

    /// <summary>
    /// Whether an activation says that its derivative follows from x alone, but it is right only where it is given u:
    /// <see cref="IActivation.DerivativeNeedsInput"/> must then be true.
    /// </summary>
    public required bool NeedsInput { get; init; }

    /// <summary>Whether something was compared, and no error is above the tolerance.</summary>
    public bool Passed => Checked > 0 && Error <= Tolerance;

    /// <summary>The same with one more input.</summary>
    internal FormulaCheckResult With(FormulaPoint point, double input, double? target, double analytic)
    {
        if (point.ErrorOf(analytic) is not { } error)
            return this with { LeftOut = LeftOut + 1 };
        FormulaCheckResult more = this with { Checked = Checked + 1 };
        return Checked > 0 && error <= Error ? more : more with
        {
            Input = input,
            Target = target,
            Analytic = analytic,
            Difference = point.Estimate!.Value.Slope,
            Error = error,
        };
    }

    /// <summary>The result in one line.</summary>
    public override string ToString()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (Checked == 0)
            return $"{Name}: nothing could be checked";
        string where = Target is { } target
            ? string.Create(invariant, $"output {Input:g6} and target {target:g6}") : string.Create(invariant, $"u = {Input:g6}");
        string advice = NeedsInput ? "; it is right if given u, so DerivativeNeedsInput must be true" : "";
        return string.Create(
            invariant,
            $"{Name}: the derivative is {(Passed ? "right" : "wrong")}: worst error {Error:0.0e+0} at {where}, "
            + $"{Analytic:g6} against {Difference:g6} by differences{advice}");
    }
}

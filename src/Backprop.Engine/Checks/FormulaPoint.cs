namespace Backprop.Engine;

/// <summary>One input of a formula, and its derivative there by differences.</summary>
/// <param name="Estimate">The derivative; null at a kink and where the formula is not finite.</param>
/// <param name="Scale">
/// What rounding in the formula is relative to: its largest value nearby over the magnitude of the input, or a floor. Where
/// the derivative is smaller than that, its own rounding is of this size and no error.
/// </param>
readonly record struct FormulaPoint(SlopeEstimate? Estimate, double Scale)
{
    const double OneRounding = 1.0 / (1L << 53);
    const double Near = 1.0 / (1 << 7);

    /// <summary>Below this share of the usual values, sums such as 1 + erf u have lost the digits that are asked for.</summary>
    const double Lost = 1e-5;

    /// <summary>How large a formula's values are at inputs of a usual size.</summary>
    public static double UsualValue(
        Func<double, PatternReal> value, Func<double, double> derivative, params ReadOnlySpan<double> inputs)
    {
        double largest = 0;
        foreach (double input in inputs)
        {
            double here = Math.Max(Math.Abs(value(input).Value), Math.Abs(derivative(input)));
            largest = double.IsFinite(here) ? Math.Max(largest, here) : largest;
        }

        return largest;
    }

    public static FormulaPoint At(double input, Func<double, PatternReal> value, double usual)
    {
        PatternReal at = value(input);
        if (!double.IsFinite(at.Value))
            return default;

        double magnitude = Math.Max(1, Math.Abs(input));
        double largest = Math.Abs(at.Value);
        foreach (double near in (ReadOnlySpan<double>)[input - Near * magnitude, input + Near * magnitude])
        {
            double there = Math.Abs(value(near).Value);
            largest = double.IsFinite(there) ? Math.Max(largest, there) : largest;
        }

        double? Central(double h)
        {
            (double up, double down) = (input + h, input - h);
            (PatternReal above, PatternReal below) = (value(up), value(down));
            return above.Pattern == at.Pattern && below.Pattern == at.Pattern ? (above.Value - below.Value) / (up - down) : null;
        }

        SlopeEstimate? estimate = SlopeEstimate.Of(Central, magnitude, OneRounding * Math.Max(usual, largest), wanted: 0);
        bool isFinite = estimate is { } known && double.IsFinite(known.Slope);
        return new FormulaPoint(isFinite ? estimate : null, Math.Max(Lost * usual, largest / magnitude));
    }

    /// <summary>How far a derivative is from the differences; null where there are none.</summary>
    public double? ErrorOf(double derivative)
    {
        if (Estimate is not { } estimate)
            return null;
        double apart = Math.Abs(estimate.Slope - derivative);
        double scale = Math.Max(Scale, Math.Max(Math.Abs(derivative), Math.Abs(estimate.Slope)));
        return apart == 0 ? 0 : double.IsFinite(apart) ? apart / scale : double.PositiveInfinity;
    }
}

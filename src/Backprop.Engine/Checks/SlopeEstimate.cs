using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>A derivative by differences, and how far it may be off.</summary>
/// <param name="Slope">The derivative.</param>
/// <param name="Uncertainty">A bound of what truncation and rounding make of it.</param>
/// <remarks>
/// With D(h) = (e(p + h) − e(p − h)) / 2h at h, h/2 and h/4, two rounds of Richardson extrapolation leave
/// R = (4·D(h/2) − D(h)) / 3 with an error of order h⁴ and T = (16·R′ − R) / 15 of order h⁶, where R′ is R at half the step.
/// |R′ − R| bounds the truncation of T many times over. Rounding adds at most a few σ/h, where σ is the deviation of a change
/// of e that roundings of 2⁻⁵³ make; 16·σ/h is several times what T has of it.
/// <para>
/// The first step is 2⁻⁷ of the parameter's magnitude. It is divided by 16 while a pattern changes within it or T is not
/// certain enough, down to 2⁻²³; the most certain T is taken.
/// </para>
/// </remarks>
readonly record struct SlopeEstimate(double Slope, double Uncertainty)
{
    const double RoundingShare = 16;

    static readonly ImmutableArray<double> s_steps =
        [1.0 / (1 << 7), 1.0 / (1 << 11), 1.0 / (1 << 15), 1.0 / (1 << 19), 1.0 / (1 << 23)];

    /// <summary>The derivative.</summary>
    /// <param name="central">D(h), or null where a pattern changes between its ends.</param>
    /// <param name="magnitude">The magnitude of the parameter, above 0.</param>
    /// <param name="rounding">σ.</param>
    /// <param name="wanted">The uncertainty that is good enough.</param>
    /// <returns>The estimate, or null where a pattern changes within every step.</returns>
    public static SlopeEstimate? Of(Func<double, double?> central, double magnitude, double rounding, double wanted)
    {
        SlopeEstimate? best = null;
        foreach (double share in s_steps)
        {
            double h = share * magnitude;
            if (central(h) is not { } whole || central(h / 2) is not { } half || central(h / 4) is not { } quarter)
                continue;

            double first = (4 * half - whole) / 3;
            double second = (4 * quarter - half) / 3;
            var found = new SlopeEstimate((16 * second - first) / 15, Math.Abs(second - first) + RoundingShare * rounding / h);
            if (!double.IsFinite(found.Uncertainty))
                found = new SlopeEstimate(double.NaN, double.PositiveInfinity);
            if (best is null || found.Uncertainty < best.Value.Uncertainty)
                best = found;
            if (best.Value.Uncertainty <= wanted)
                break;
        }

        return best;
    }
}

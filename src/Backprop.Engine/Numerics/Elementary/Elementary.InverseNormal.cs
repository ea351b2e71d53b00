namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// The x at which the standard normal distribution function has the value <paramref name="probability"/>, with a
    /// relative error below 2·10⁻¹⁵. 0 gives −∞, 1 gives +∞, anything outside [0, 1] NaN.
    /// </summary>
    /// <remarks>
    /// Three rational functions of degree 7: M. J. Wichura, Algorithm AS 241: The Percentage Points of the Normal
    /// Distribution. Applied Statistics 37 (1988), procedure PPND16.
    /// </remarks>
    public static double InverseNormal(double probability)
    {
        double q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double centre = Math.FusedMultiplyAdd(-q, q, 0.180625);
            return q * Ratio(centre, CentralNumerator, CentralDenominator);
        }

        double tail = q < 0 ? probability : 1 - probability;
        if (!(tail > 0))
            return tail == 0 ? (q < 0 ? double.NegativeInfinity : double.PositiveInfinity) : double.NaN;

        double r = Math.Sqrt(-Log(tail));
        double x = r <= 5
            ? Ratio(r - 1.6, MiddleNumerator, MiddleDenominator)
            : Ratio(r - 5, FarNumerator, FarDenominator);
        return q < 0 ? -x : x;
    }

    static ReadOnlySpan<double> CentralNumerator =>
    [
        3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    static ReadOnlySpan<double> CentralDenominator =>
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    static ReadOnlySpan<double> MiddleNumerator =>
    [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    static ReadOnlySpan<double> MiddleDenominator =>
    [
        1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    static ReadOnlySpan<double> FarNumerator =>
    [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    static ReadOnlySpan<double> FarDenominator =>
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    static double Ratio(double x, ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator)
    {
        double above = numerator[7], below = denominator[7];
        for (int i = 6; i >= 0; i--)
        {
            above = Math.FusedMultiplyAdd(above, x, numerator[i]);
            below = Math.FusedMultiplyAdd(below, x, denominator[i]);
        }

        return above / below;
    }
}

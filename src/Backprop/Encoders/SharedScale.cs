namespace Backprop;

/// <summary>
/// One scale for all pixels of images: they measure the same thing, and a pixel that is hardly ever inked must not become
/// the loudest feature.
/// </summary>
static class SharedScale
{
    /// <summary>
    /// Standardised columns with the mean and the population deviation of all their numbers together, from those of each:
    /// mean = Σ mᵢ/n, deviation = √(Σ (sᵢ² + mᵢ²)/n − mean²).
    /// </summary>
    /// <param name="encoders">Encoders that end with <see cref="Subtract"/> and <see cref="Divide"/>.</param>
    public static IEnumerable<ColumnEncoder> Of(IReadOnlyList<ColumnEncoder> encoders)
    {
        double[] means = [.. encoders.Select(encoder => ((Subtract)encoder.Operations[^2]).Value)];
        double[] deviations = [.. encoders.Select(encoder => ((Divide)encoder.Operations[^1]).Value)];
        double mean = Statistics.Sum(means) / means.Length;
        double squares = Statistics.Sum([.. means.Zip(deviations, (m, s) => s * s + m * m)]) / means.Length;
        var subtract = new Subtract(mean);
        var divide = new Divide(Math.Sqrt(squares - mean * mean));
        return encoders.Select(encoder =>
            new ColumnEncoder(encoder.Name, [.. encoder.Operations.Take(encoder.Operations.Length - 2), subtract, divide]));
    }
}

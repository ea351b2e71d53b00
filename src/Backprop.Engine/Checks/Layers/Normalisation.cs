namespace Backprop.Engine;

/// <summary>
/// Some values less their mean, divided by √(variance + ε), and what becomes of that where they change: d = x − mean, s = √(v
/// + ε), Δd = Δx − mean(Δx), Δv = mean(2·d·Δd + Δd²), and with s′ = √(v + Δv + ε): Δ(d/s) = Δd/s′ − d·Δv / (s·s′·(s + s′)),
/// in which nothing large cancels.
/// </summary>
sealed class Normalisation
{
    readonly double[] _deviations;
    readonly double _variance;
    readonly double _epsilon;

    public Normalisation(ReadOnlySpan<double> values, double epsilon)
    {
        _deviations = values.ToArray();
        _epsilon = epsilon;
        TakeMean(_deviations);
        CompensatedSum squares = default;
        foreach (double deviation in _deviations)
            squares.Add(deviation * deviation);
        _variance = squares.Value / values.Length;
        Divisor = Math.Sqrt(_variance + epsilon);
    }

    /// <summary>s.</summary>
    public double Divisor { get; }

    /// <summary>A value, normalised.</summary>
    public double this[int place] => _deviations[place] / Divisor;

    /// <summary>Makes the change of the normalised values of that of the values.</summary>
    public void Change(Span<double> changes)
    {
        TakeMean(changes);
        CompensatedSum sum = default;
        for (int i = 0; i < changes.Length; i++)
            sum.Add((2 * _deviations[i] + changes[i]) * changes[i]);
        double moved = sum.Value / changes.Length;
        double divisor = Math.Sqrt(_variance + moved + _epsilon);
        double share = moved / (Divisor * divisor * (Divisor + divisor));
        for (int i = 0; i < changes.Length; i++)
            changes[i] = changes[i] / divisor - _deviations[i] * share;
    }

    /// <summary>
    /// The sums of the absolute terms of ∂e by the values, from how large ∂e by the normalised ones is: (g − mean(g) −
    /// x̂·mean(x̂·g)) / s.
    /// </summary>
    public void SizesBack(Span<double> sizes)
    {
        (double sum, double products) = (0, 0);
        for (int i = 0; i < sizes.Length; i++)
        {
            sum += sizes[i];
            products += sizes[i] * Math.Abs(this[i]);
        }

        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = (sizes[i] + (sum + Math.Abs(this[i]) * products) / sizes.Length) / Divisor;
    }

    static void TakeMean(Span<double> values)
    {
        CompensatedSum sum = default;
        foreach (double value in values)
            sum.Add(value);
        double mean = sum.Value / values.Length;
        foreach (ref double value in values)
            value -= mean;
    }
}

using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Statistics of numbers in double, in the order of the numbers: compensated sums (Neumaier 1974), quantiles by sorting
/// and linear interpolation.
/// </summary>
static class Statistics
{
    /// <summary>Σxᵢ with the lost low parts added back at the end.</summary>
    public static double Sum(ReadOnlySpan<double> numbers)
    {
        CompensatedSum sum = default;
        foreach (double x in numbers)
            sum.Add(x);

        return sum.Value;
    }

    /// <summary>The mean and the population standard deviation √(Σ(xᵢ − mean)²/n), in two passes.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> numbers)
    {
        double mean = Sum(numbers) / numbers.Length;
        CompensatedSum squares = default;
        foreach (double x in numbers)
            squares.Add((x - mean) * (x - mean));

        return (mean, Math.Sqrt(squares.Value / numbers.Length));
    }

    /// <summary>
    /// The quantile of sorted numbers at <paramref name="part"/> (0 to 1): between the two numbers around position
    /// part · (n − 1), counted from 0, by linear interpolation.
    /// </summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double part)
    {
        double position = part * (sorted.Length - 1);
        int below = (int)position;
        double low = sorted[below], high = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return low + (position - below) * (high - low);
    }
}

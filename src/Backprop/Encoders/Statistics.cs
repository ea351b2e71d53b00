using System.Runtime.CompilerServices;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Statistics of numbers in double, in the order of the numbers: compensated sums (Neumaier 1974), quantiles by sorting
/// and linear interpolation.
/// </summary>
static class Statistics
{
    /// <summary>Σxᵢ with the lost low parts added back at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> numbers)
    {
        CompensatedSum sum = default;
        foreach (double x in numbers)
            sum.Add(x);

        return sum.Value;
    }

    /// <summary>The mean and the population standard deviation √(Σ(xᵢ − mean)²/n), in two passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> numbers)
    {
        double mean = Sum(numbers) / numbers.Length;
        CompensatedSum squares = default;
        foreach (double x in numbers)
            squares.Add((x - mean) * (x - mean));

        return (mean, Math.Sqrt(squares.Value / numbers.Length));
    }

    /// <summary>The least and the largest of some numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Least, double Most) Extremes(ReadOnlySpan<double> numbers)
    {
        double least = numbers[0], most = numbers[0];
        foreach (double x in numbers)
        {
            least = x < least ? x : least;
            most = x > most ? x : most;
        }

        return (least, most);
    }

    /// <summary>
    /// The quantile at <paramref name="part"/> (0 to 1): between the two numbers around position part · (n − 1) of the sorted
    /// numbers, counted from 0, by linear interpolation.
    /// </summary>
    /// <param name="numbers">The numbers, none of them NaN, in any order, which is lost.</param>
    /// <param name="part">The part of them that is less.</param>
    public static double Quantile(Span<double> numbers, double part)
    {
        double position = part * (numbers.Length - 1);
        int below = (int)position;
        (double low, double high) = AtRanks(numbers, below, Math.Min(below + 1, numbers.Length - 1));
        return low + (position - below) * (high - low);
    }

    /// <summary>
    /// The numbers that would stand at two places beside each other (or at one) if all were sorted: counted by the leading
    /// bits of an order-preserving key, then, of those that share them, by the next bits, until few are left to sort.
    /// </summary>
    static (double Low, double High) AtRanks(Span<double> numbers, int low, int high)
    {
        const int Bits = 11, Few = 256;
        Span<int> counts = stackalloc int[1 << Bits];
        for (int shift = 64 - Bits; numbers.Length > Few && shift > 0; shift = Math.Max(0, shift - Bits))
        {
            counts.Clear();
            foreach (double x in numbers)
                counts[Digit(x, shift)]++;
            int digit = 0, less = 0;
            while (less + counts[digit] <= low)
                less += counts[digit++];
            if (high >= less + counts[digit])
                return Neighbours(numbers, shift, digit);

            int kept = 0;
            foreach (double x in numbers)
            {
                if (Digit(x, shift) == digit)
                    numbers[kept++] = x;
            }

            numbers = numbers[..kept];
            (low, high) = (low - less, high - less);
        }

        numbers.Sort();
        return (numbers[low], numbers[high]);

        static int Digit(double x, int shift)
        {
            long bits = BitConverter.DoubleToInt64Bits(x);
            ulong key = (ulong)(bits ^ ((bits >> 63) | long.MinValue));
            return (int)(key >> shift) & ((1 << Bits) - 1);
        }

        static (double Low, double High) Neighbours(ReadOnlySpan<double> numbers, int shift, int digit)
        {
            double low = double.NegativeInfinity, high = double.PositiveInfinity;
            foreach (double x in numbers)
            {
                if (Digit(x, shift) <= digit)
                    low = Math.Max(low, x);
                else
                    high = Math.Min(high, x);
            }

            return (low, high);
        }
    }
}

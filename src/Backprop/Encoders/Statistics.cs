using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>
    /// The same of numbers of any size, squared or not: they are scaled by a power of two to at most 1, which changes no digit,
    /// and the results back.
    /// </summary>
    public static (double Mean, double Deviation) ScaledMeanAndDeviation(ReadOnlySpan<double> numbers)
    {
        (double least, double most) = Extremes(numbers);
        double largest = Math.Max(Math.Abs(least), Math.Abs(most));
        if (largest == 0 || !double.IsFinite(largest))
            return MeanAndDeviation(numbers);
        int power = Math.ILogB(largest) + 1;
        double[] scaled = [.. numbers];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Math.ScaleB(scaled[i], -power);
        (double mean, double deviation) = MeanAndDeviation(scaled);
        return (Math.ScaleB(mean, power), Math.ScaleB(deviation, power));
    }

    /// <summary>The least and the largest of some numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Least, double Most) Extremes(ReadOnlySpan<double> numbers)
    {
        Vector256<double> lows = Vector256.Create(numbers[0]), highs = lows;
        int i = 0;
        for (; i <= numbers.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var some = Vector256.Create(numbers[i..]);
            (lows, highs) = (Vector256.Min(lows, some), Vector256.Max(highs, some));
        }

        double least = Math.Min(Math.Min(lows[0], lows[1]), Math.Min(lows[2], lows[3]));
        double most = Math.Max(Math.Max(highs[0], highs[1]), Math.Max(highs[2], highs[3]));
        for (; i < numbers.Length; i++)
            (least, most) = (Math.Min(least, numbers[i]), Math.Max(most, numbers[i]));
        return (least, most);
    }

    /// <summary>
    /// The quantile at <paramref name="part"/> (0 to 1): between the two numbers around position part · (n − 1) of the sorted
    /// numbers, counted from 0, by linear interpolation.
    /// </summary>
    /// <param name="numbers">The numbers, none of them NaN, in any order; they are lost.</param>
    /// <param name="part">The part of them that is less.</param>
    public static double Quantile(Span<double> numbers, double part)
    {
        double position = part * (numbers.Length - 1);
        int below = (int)position;

        // The bits of a number as a key of the same order: all turned for a negative one, the sign alone for others.
        Span<long> bits = MemoryMarshal.Cast<double, long>(numbers);
        for (int i = 0; i < bits.Length; i++)
            bits[i] ^= (bits[i] >> 63) | long.MinValue;
        (ulong lowKey, ulong highKey) =
            Selection.At(MemoryMarshal.Cast<long, ulong>(bits), below, Math.Min(below + 1, numbers.Length - 1));
        (double low, double high) = (OfKey((long)lowKey), OfKey((long)highKey));
        return low + (position - below) * (high - low);

        static double OfKey(long key) => BitConverter.Int64BitsToDouble(key ^ (~(key >> 63) | long.MinValue));
    }
}

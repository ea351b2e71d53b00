using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>Whether single precision can hold numbers, and tell them apart: not time stamps a second apart, nor 1e300.</summary>
static class SinglePrecision
{
    /// <summary>Of the deviation: a rounding of less is lost among what the network does with it.</summary>
    public const double LargestRounding = 1e-3;

    // Below, single precision is less precise; and the square of a hundred.
    const double SmallestSure = 1e-30, LargestSpread = 1e4;

    /// <summary>
    /// Whether numbers are to be standardised in double: single precision rounds one of them by more than a thousandth of their
    /// deviation, and double precision does not.
    /// </summary>
    /// <param name="numbers">The numbers; NaN for a missing one.</param>
    public static bool Loses(ReadOnlySpan<double> numbers)
    {
        const double DoubleRounding = 1.0 / (1L << 53);
        if (IsSpread(numbers))
            return false;
        (double most, double rounding, double deviation) = Measure(numbers);
        return rounding > LargestRounding * deviation && most * DoubleRounding <= LargestRounding * deviation;
    }

    /// <summary>The largest number, the largest rounding to single precision, and the deviation.</summary>
    public static (double Most, double Rounding, double Deviation) Measure(ReadOnlySpan<double> numbers)
    {
        double most = 0, rounding = 0;
        var present = new double[numbers.Length];
        int count = 0;
        foreach (double number in numbers)
        {
            if (double.IsNaN(number))
                continue;
            most = Math.Max(most, Math.Abs(number));
            rounding = Math.Max(rounding, Math.Abs(number - (float)number));
            present[count++] = number;
        }

        return count == 0 ? default : (most, rounding, Statistics.ScaledMeanAndDeviation(present.AsSpan(0, count)).Deviation);
    }

    /// <summary>
    /// Whether the deviation is at least a hundredth of the largest number. Single precision rounds by at most 2⁻²⁴ of that, so
    /// by no more than a hundred-thousandth of the deviation. The order in which it is summed up here is of no account for this.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsSpread(ReadOnlySpan<double> numbers)
    {
        Vector256<double> most = default, sum = default, squares = default, counts = default;
        Vector256<double> shift = !numbers.IsEmpty && double.IsFinite(numbers[0]) ? Vector256.Create(numbers[0]) : default;
        for (int i = 0; i < numbers.Length; i += Vector256<double>.Count)
        {
            Vector256<double> some = Whole(numbers[i..]), present = Vector256.Equals(some, some);
            most = Vector256.Max(most, Vector256.Abs(some) & present);
            Vector256<double> distance = (some - shift) & present;
            sum += distance;
            squares += distance * distance;
            counts += Vector256<double>.One & present;
        }

        double largest = Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
        double count = Math.Max(1, Vector256.Sum(counts));
        double mean = Vector256.Sum(sum) / count, variance = Vector256.Sum(squares) / count - mean * mean;
        return largest is >= SmallestSure and <= float.MaxValue && variance * LargestSpread >= largest * largest;
    }

    /// <summary>The next numbers as a whole vector: behind the last, as if the rest were missing.</summary>
    static Vector256<double> Whole(ReadOnlySpan<double> numbers)
    {
        if (numbers.Length >= Vector256<double>.Count)
            return Vector256.Create(numbers);
        Span<double> rest = stackalloc double[Vector256<double>.Count];
        rest.Fill(double.NaN);
        numbers.CopyTo(rest);
        return Vector256.Create<double>(rest);
    }
}

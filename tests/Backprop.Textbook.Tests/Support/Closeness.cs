using System.Globalization;
using Xunit.Sdk;

namespace Backprop.Textbook.Tests;

/// <summary>Holds tensors against each other and remembers how near the bound the worst difference came.</summary>
sealed class Closeness(string subject)
{
    /// <summary>The largest difference as a part of its bound.</summary>
    public double Worst { get; private set; }

    /// <summary>Where that was.</summary>
    public string Where { get; private set; } = "nowhere";

    /// <summary>How many numbers were held against another.</summary>
    public long Count { get; private set; }

    /// <summary>Every entry within one bound.</summary>
    public void Check(string what, double[,] actual, double[,] expected, double bound) =>
        Check(what, actual, expected, (_, _) => bound);

    /// <summary>Every entry within a bound of its own.</summary>
    /// <exception cref="XunitException">Shapes differ or an entry is outside its bound (or no number).</exception>
    public void Check(string what, double[,] actual, double[,] expected, Func<int, int, double> bound)
    {
        if (actual.GetLength(0) != expected.GetLength(0) || actual.GetLength(1) != expected.GetLength(1))
        {
            throw new XunitException(
                $"{what} of {subject} is [{actual.GetLength(0)}, {actual.GetLength(1)}], "
                + $"not [{expected.GetLength(0)}, {expected.GetLength(1)}].");
        }

        for (int i = 0; i < actual.GetLength(0); i++)
        {
            for (int j = 0; j < actual.GetLength(1); j++)
                Check(() => $"{what}[{i}, {j}]", actual[i, j], expected[i, j], bound(i, j));
        }
    }

    /// <summary>One number within its bound.</summary>
    public void Check(string what, double actual, double expected, double bound) => Check(() => what, actual, expected, bound);

    /// <summary>Takes over what another found.</summary>
    public void Add(Closeness other)
    {
        Count += other.Count;
        if (other.Worst >= Worst)
            (Worst, Where) = (other.Worst, other.Where);
    }

    void Check(Func<string> what, double actual, double expected, double bound)
    {
        double difference = Math.Abs(actual - expected);
        Count++;
        if (!(difference <= bound))
        {
            throw new XunitException(string.Create(
                CultureInfo.InvariantCulture, $"{what()} of {subject}: {actual:R} against {expected:R}, bound {bound:R}"));
        }

        // Exact zeros have a bound of 0.
        double part = difference == 0 ? 0 : difference / bound;
        if (part >= Worst)
            (Worst, Where) = (part, $"{what()} of {subject}");
    }
}

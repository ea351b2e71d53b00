using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Equality up to rounding: |actual − expected| ≤ 10⁻¹² of the sum of the absolute values of the terms that make the number (the
/// sums here have at most some dozens of terms, each rounded to 10⁻¹⁶ of itself).
/// </summary>
static class Close
{
    /// <summary>What rounding may make of a number, relative to its terms.</summary>
    public const double Rounding = 1e-12;

    /// <summary>Σ of terms from 0 to below <paramref name="count"/>, with the sum of their absolute values.</summary>
    public static (double Value, double Terms) Sum(int count, Func<int, double> term)
    {
        (double value, double terms) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            value += term(i);
            terms += Math.Abs(term(i));
        }

        return (value, terms);
    }

    /// <summary>A number is a sum, to <see cref="Rounding"/> of the sum's terms.</summary>
    public static void Holds((double Value, double Terms) expected, double actual, string what) =>
        Within(expected.Value, actual, Rounding * expected.Terms, what);

    /// <summary>A number is another, to <see cref="Rounding"/> of the larger of it and <paramref name="terms"/>.</summary>
    public static void Holds(double expected, double actual, string what, double terms = 0) =>
        Within(expected, actual, Rounding * Math.Max(terms, Math.Abs(expected)), what);

    /// <summary>
    /// A matrix is another, to <paramref name="relative"/> of the largest element, or of <paramref name="terms"/> if that is
    /// larger, and to <paramref name="absolute"/>.
    /// </summary>
    public static void Holds(
        double[,] expected, double[,] actual, string what, double relative = Rounding, double terms = 0, double absolute = 0)
    {
        Assert.True(SameShape(expected, actual), $"{what}: the shapes differ");
        double bound = absolute + relative * Math.Max(terms, Largest(expected));
        for (int i = 0; i < expected.GetLength(0); i++)
        {
            for (int j = 0; j < expected.GetLength(1); j++)
                Within(expected[i, j], actual[i, j], bound, $"{what} [{i}, {j}]");
        }
    }

    /// <summary>A vector is another, to <paramref name="relative"/> of the largest element.</summary>
    public static void Holds(double[] expected, double[] actual, string what, double relative = Rounding, double terms = 0) =>
        Holds(Numbers.Row(expected), Numbers.Row(actual), what, relative, terms);

    /// <summary>Two numbers differ by no more than a bound.</summary>
    public static void Within(double expected, double actual, double bound, string what) => Assert.True(
        Math.Abs(actual - expected) <= bound,
        $"{what}: {actual:R} against {expected:R}, {Math.Abs(actual - expected):E2} apart, bound {bound:E2}");

    /// <summary>Matrices of one shape differ somewhere by at least <paramref name="visibly"/> of the largest element.</summary>
    public static void Differs(double[,] right, double[,] wrong, double visibly, string what)
    {
        Assert.True(SameShape(right, wrong), $"{what}: the shapes differ");
        double off = Largest(Algebra.Difference(wrong, right)) / Largest(right);
        Assert.True(off >= visibly, $"{what}: only {off:R} apart, relative to the largest element");
    }

    /// <summary>Two numbers differ by at least <paramref name="visibly"/> of the right one.</summary>
    public static void Differs(double right, double wrong, double visibly, string what) => Assert.True(
        Math.Abs(wrong - right) >= visibly * Math.Abs(right), $"{what}: {wrong:R} is too near to {right:R}");

    /// <summary>Whether two matrices have one shape.</summary>
    public static bool SameShape(double[,] a, double[,] b) =>
        a.GetLength(0) == b.GetLength(0) && a.GetLength(1) == b.GetLength(1);

    /// <summary>max |aᵢⱼ|.</summary>
    public static double Largest(double[,] a) => a.Cast<double>().Select(Math.Abs).DefaultIfEmpty(0).Max();
}

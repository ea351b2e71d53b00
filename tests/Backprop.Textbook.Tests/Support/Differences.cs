using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Central differences with Richardson extrapolation: (f(x + h) − f(x − h))/2h for h = 2⁻⁵, 2⁻⁶, 2⁻⁷, 2⁻⁸ has errors of h², h⁴
/// and h⁶, which are eliminated one after another. What remains is of the size of h⁸ = 2⁻⁵² times the ninth derivative, and
/// the rounding of f over the smallest h, some 2⁻⁵³·2⁹ ≈ 5·10⁻¹⁴ of f.
/// </summary>
static class Differences
{
    /// <summary>
    /// A bound for the difference between a derivative and its extrapolated differences, relative to the sizes of function and
    /// derivative, where the function bends on a scale of about 1.
    /// </summary>
    public const double Tolerance = 1e-11;

    const int Levels = 4;
    const double FirstStep = 1.0 / 32;

    /// <summary>f′(x).</summary>
    public static double Derivative(Func<double, double> f, double x)
    {
        Span<double> row = stackalloc double[Levels];
        for (int level = 0; level < Levels; level++)
        {
            double h = FirstStep / (1 << level);
            double better = (f(x + h) - f(x - h)) / (2 * h);
            double factor = 4;
            for (int order = 0; order < level; order++, factor *= 4)
            {
                double extrapolated = better + (better - row[order]) / (factor - 1);
                row[order] = better;
                better = extrapolated;
            }

            row[level] = better;
        }

        return row[Levels - 1];
    }

    /// <summary>∂f/∂(each element of <paramref name="at"/>), which f reads; the elements are put back.</summary>
    public static double[,] Gradient(Func<double> f, double[,] at)
    {
        var gradient = new double[at.GetLength(0), at.GetLength(1)];
        for (int i = 0; i < at.GetLength(0); i++)
        {
            for (int j = 0; j < at.GetLength(1); j++)
                gradient[i, j] = Partial(f, ref at[i, j]);
        }

        return gradient;
    }

    /// <summary>∂f/∂(each element of <paramref name="at"/>), which f reads; the elements are put back.</summary>
    public static double[] Gradient(Func<double> f, double[] at)
    {
        var gradient = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
            gradient[i] = Partial(f, ref at[i]);

        return gradient;
    }

    /// <summary>∂f/∂(each element of an engine's matrix), which f reads; the elements are put back.</summary>
    public static double[,] Gradient(Func<double> f, Matrix<double> at)
    {
        var gradient = new double[at.Rows, at.Columns];
        for (int i = 0; i < at.Rows; i++)
        {
            for (int j = 0; j < at.Columns; j++)
                gradient[i, j] = Partial(f, ref at[i][j]);
        }

        return gradient;
    }

    static unsafe double Partial(Func<double> f, ref double element)
    {
        double old = element;
        fixed (double* place = &element)
        {
            double* pinned = place;
            double derivative = Derivative(
                x =>
                {
                    *pinned = x;
                    return f();
                },
                old);
            *pinned = old;
            return derivative;
        }
    }
}

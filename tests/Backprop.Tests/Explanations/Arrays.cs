using Xunit;

namespace Backprop.Tests;

/// <summary>The little algebra that formulas of notations are written out in.</summary>
static class Arrays
{
    public const double Tolerance = 1e-13;

    public static double HalfSquares(double[,] x, double[,] t) => Pairs(x, t, (a, b) => 0.5 * (a - b) * (a - b));

    public static double Pairs(double[,] a, double[,] b, Func<double, double, double> of) =>
        a.Cast<double>().Zip(b.Cast<double>(), of).Sum();

    public static double[,] Make(int rows, int columns, Func<int, int, double> of)
    {
        var made = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                made[row, column] = of(row, column);
        }

        return made;
    }

    public static double[,] Product(double[,] a, double[,] b)
    {
        Assert.Equal(a.GetLength(1), b.GetLength(0));
        return Make(a.GetLength(0), b.GetLength(1), (i, j) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[i, k] * b[k, j]));
    }

    public static double[,] Transposed(double[,] a) => Make(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    public static double[,] Map(double[,] a, Func<double, double> of) =>
        Make(a.GetLength(0), a.GetLength(1), (i, j) => of(a[i, j]));

    public static double[,] Scaled(double[,] a, double by) => Map(a, value => value * by);

    public static double[,] Times(double[,] a, double[,] b) => Each(a, b, (x, y) => x * y);

    public static double[,] Sum(double[,] a, double[,] b) => Each(a, b, (x, y) => x + y);

    public static double[,] Difference(double[,] a, double[,] b) => Each(a, b, (x, y) => x - y);

    public static double[,] Each(double[,] a, double[,] b, Func<double, double, double> of)
    {
        Assert.Equal((a.GetLength(0), a.GetLength(1)), (b.GetLength(0), b.GetLength(1)));
        return Make(a.GetLength(0), a.GetLength(1), (i, j) => of(a[i, j], b[i, j]));
    }

    public static double[,] Repeated(double[,] line, int rows) => Make(rows, line.GetLength(1), (_, j) => line[0, j]);

    public static double[,] OverRows(double[,] a) =>
        Make(1, a.GetLength(1), (_, j) => Enumerable.Range(0, a.GetLength(0)).Sum(i => a[i, j]));

    public static void AssertClose(double[,] expected, double[,] actual) => Each(expected, actual, (x, y) =>
    {
        Assert.Equal(x, y, Tolerance * (1 + Math.Abs(x)));
        return 0;
    });

    public static void AssertEqual(double[,] expected, double[,] actual) => Each(expected, actual, (x, y) =>
    {
        Assert.Equal(x, y);
        return 0;
    });
}

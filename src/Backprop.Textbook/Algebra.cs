namespace Backprop.Textbook;

/// <summary>
/// The few operations on matrices [rows, columns] that the documents write; shapes that do not fit are refused.
/// </summary>
public static class Algebra
{
    /// <summary>A·B, [m, n]·[n, p] → [m, p].</summary>
    /// <exception cref="ArgumentException">A has not as many columns as B has rows.</exception>
    public static double[,] Product(double[,] a, double[,] b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.GetLength(1) != b.GetLength(0))
            throw new ArgumentException($"A product of {Shape(a)} and {Shape(b)} has no meaning.");

        var product = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < b.GetLength(1); j++)
            {
                for (int k = 0; k < b.GetLength(0); k++)
                    product[i, j] += a[i, k] * b[k, j];
            }
        }

        return product;
    }

    /// <summary>Aᵀ.</summary>
    public static double[,] Transpose(double[,] a)
    {
        ArgumentNullException.ThrowIfNull(a);
        var transposed = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                transposed[j, i] = a[i, j];
        }

        return transposed;
    }

    /// <summary>The numbers as a column [n, 1].</summary>
    public static double[,] Column(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var column = new double[values.Length, 1];
        for (int i = 0; i < values.Length; i++)
            column[i, 0] = values[i];

        return column;
    }

    /// <summary>The numbers of a column or of a row.</summary>
    public static double[] Flat(double[,] a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return [.. a.Cast<double>()];
    }

    /// <summary>A + B.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double[,] Sum(double[,] a, double[,] b) => Combine(a, b, (x, y) => x + y);

    /// <summary>A − B.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double[,] Difference(double[,] a, double[,] b) => Combine(a, b, (x, y) => x - y);

    /// <summary>A ⊙ B, element by element.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double[,] Hadamard(double[,] a, double[,] b) => Combine(a, b, (x, y) => x * y);

    /// <summary>c·A.</summary>
    public static double[,] Scale(double c, double[,] a) => Map(x => c * x, a);

    /// <summary>f of every element.</summary>
    public static double[,] Map(Func<double, double> f, double[,] a)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(a);
        var mapped = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                mapped[i, j] = f(a[i, j]);
        }

        return mapped;
    }

    /// <summary>Σ aᵢⱼ over all elements.</summary>
    public static double Total(double[,] a)
    {
        ArgumentNullException.ThrowIfNull(a);
        double total = 0;
        foreach (double x in a)
            total += x;

        return total;
    }

    static double[,] Combine(double[,] a, double[,] b, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.GetLength(0) != b.GetLength(0) || a.GetLength(1) != b.GetLength(1))
            throw new ArgumentException($"{Shape(a)} and {Shape(b)} cannot be combined element by element.");

        var combined = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                combined[i, j] = f(a[i, j], b[i, j]);
        }

        return combined;
    }

    static string Shape(double[,] a) => $"[{a.GetLength(0)}, {a.GetLength(1)}]";
}

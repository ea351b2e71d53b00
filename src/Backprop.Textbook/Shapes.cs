namespace Backprop.Textbook;

/// <summary>What the systems of "scalars", section 2, ask of their parameters and rows.</summary>
static class Shapes
{
    /// <summary>Refuses layers that do not follow on one another.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void ThrowUnlessChain(double[][,] w, double[][] b, Function[][] f)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(f);
        if (w.Length == 0 || b.Length != w.Length || f.Length != w.Length)
        {
            throw new ArgumentException(
                $"{w.Length} weight matrices, {b.Length} biases and {f.Length} layers of functions make no network.");
        }

        for (int i = 0; i < w.Length; i++)
        {
            int width = w[i].GetLength(0);
            if (b[i].Length != width || f[i].Length != width)
            {
                throw new ArgumentException(
                    $"Layer {i + 1} has {width} neurons, {b[i].Length} biases and {f[i].Length} functions.");
            }

            if (i > 0 && w[i].GetLength(1) != w[i - 1].GetLength(0))
            {
                throw new ArgumentException(
                    $"Layer {i + 1} takes {w[i].GetLength(1)} values, but layer {i} gives {w[i - 1].GetLength(0)}.");
            }
        }
    }

    /// <summary>Refuses inputs and targets that are not of the same rows.</summary>
    /// <exception cref="ArgumentException">Their numbers differ.</exception>
    public static void ThrowUnlessSameRows(double[,] x, double[,] t)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(t);
        if (x.GetLength(0) != t.GetLength(0))
            throw new ArgumentException($"{x.GetLength(0)} rows of inputs and {t.GetLength(0)} rows of targets do not fit.");
    }

    /// <summary>One row.</summary>
    public static double[] Row(double[,] a, int row)
    {
        var values = new double[a.GetLength(1)];
        for (int column = 0; column < values.Length; column++)
            values[column] = a[row, column];

        return values;
    }
}

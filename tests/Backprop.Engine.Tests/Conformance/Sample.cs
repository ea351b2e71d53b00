using System.Numerics;

namespace Backprop.Engine.Tests;

/// <summary>Rows and parameters that look random and are the same everywhere.</summary>
static class Sample
{
    /// <summary>A number in [−1, 1).</summary>
    public static double Number(ulong seed, int index) =>
        2 * CounterRandom.Uniform(seed, RandomPurpose.Other, 0, (ulong)index) - 1;

    public static Matrix<T> Matrix<T>(int rows, int columns, ulong seed, double scale = 1, double offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new Matrix<T>(rows, columns);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                matrix[r, c] = T.CreateChecked(offset + scale * Number(seed, r * columns + c));
        }

        return matrix;
    }

    public static int[] Classes(int rows, int classes, ulong seed) =>
        [.. Enumerable.Range(0, rows).Select(r => CounterRandom.Below(classes, seed, RandomPurpose.Other, 1, (ulong)r))];

    /// <summary>Weights from 0 to 2, some of them 0.</summary>
    public static double[] Weights(int rows, ulong seed) =>
        [.. Enumerable.Range(0, rows).Select(r => r % 7 == 3 ? 0 : 1 + Number(seed, r))];

    /// <summary>Weights of a usual size, biases that are not 0, factors near 1 and variances above 0.</summary>
    public static Parameters<T> Parameters<T>(Network network, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(network);
        int index = 0;
        foreach ((Tensor tensor, Matrix<T> values) in network.Layout.Tensors.Zip(parameters.Tensors))
        {
            (double centre, double scale) = tensor switch
            {
                { Role: TensorRole.Weight } => (0, Math.Sqrt(3.0 / tensor.Rows)),
                { Role: TensorRole.Factor } => (1, 0.5),
                { Name: "variance" } => (1, 0.6),
                _ => (0, 0.3),
            };
            for (int r = 0; r < values.Rows; r++)
            {
                for (int c = 0; c < values.Columns; c++)
                    values[r, c] = T.CreateChecked(centre + scale * Number(seed, index++));
            }
        }

        return parameters;
    }

    /// <summary>Codes of the tables of a network's embeddings, null where it has none.</summary>
    public static CodeMatrix? Codes(Network network, int rows, ulong seed)
    {
        if (network.Layers.OfType<Embed>().FirstOrDefault() is not { } embeddings)
            return null;

        var codes = new CodeMatrix(rows, network.Codes);
        for (int r = 0; r < rows; r++)
        {
            for (int t = 0; t < codes.Columns; t++)
                codes[r, t] = CounterRandom.Below(embeddings.Tables[t].Categories, seed, RandomPurpose.Other, 2 + (uint)t, (ulong)r);
        }

        return codes;
    }

    /// <summary>Every tensor in logical order.</summary>
    public static IEnumerable<Matrix<T>> Matrices<T>(Parameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => parameters.Tensors;
}

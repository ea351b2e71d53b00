using System.Numerics;

namespace Backprop.Engine.Tests;

/// <summary>Parameters of networks with any layers: factors near 1, variances above 0.</summary>
static class NormSample
{
    public static Parameters<T> Parameters<T>(Network network, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(network);
        int index = 0;
        foreach ((Tensor tensor, Matrix<T> numbers) in network.Layout.Tensors.Zip(parameters.Tensors))
        {
            (double centre, double scale) = tensor switch
            {
                { Role: TensorRole.Weight } => (0, Math.Sqrt(3.0 / tensor.Rows)),
                { Role: TensorRole.Factor } => (1, 0.5),
                { Name: "variance" } => (1, 0.6),
                _ => (0, 0.3),
            };
            for (int row = 0; row < numbers.Rows; row++)
            {
                for (int column = 0; column < numbers.Columns; column++)
                    numbers[row, column] = T.CreateChecked(centre + scale * Sample.Number(seed, index++));
            }
        }

        return parameters;
    }

    public static T[][] Rows<T>(Matrix<T> matrix, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Range(0, count).Select(row => matrix[row].ToArray())];
}

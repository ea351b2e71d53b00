namespace Backprop.Textbook.Tests;

/// <summary>Numbers to test with: a function of a seed, none of them round, 0 or alike.</summary>
static class Numbers
{
    /// <summary>A matrix of numbers between −scale and scale.</summary>
    public static double[,] Matrix(int seed, int rows, int columns, double scale = 1)
    {
        var random = new Random(seed);
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                matrix[i, j] = scale * (2 * random.NextDouble() - 1);
        }

        return matrix;
    }

    /// <summary>A vector of numbers between −scale and scale.</summary>
    public static double[] Vector(int seed, int length, double scale = 1) => RowOf(Matrix(seed, 1, length, scale), 0);

    /// <summary>One row of a matrix.</summary>
    public static double[] RowOf(double[,] matrix, int row) =>
        [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[row, j])];

    /// <summary>All rows of a matrix.</summary>
    public static double[][] RowsOf(double[,] matrix) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => RowOf(matrix, row))];

    /// <summary>A vector as a matrix [1, length].</summary>
    public static double[,] Row(double[] vector)
    {
        var row = new double[1, vector.Length];
        for (int j = 0; j < vector.Length; j++)
            row[0, j] = vector[j];
        return row;
    }

    /// <summary>Σ over the rows [1, columns].</summary>
    public static double[,] SumOfRows(double[,] matrix)
    {
        var sum = new double[1, matrix.GetLength(1)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
                sum[0, j] += matrix[i, j];
        }

        return sum;
    }
}

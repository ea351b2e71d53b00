using Backprop.Engine;

namespace Backprop.Kernels;

/// <summary>Matrices of numbers that are neither special nor equal.</summary>
static class Filled
{
    public static Matrix<float> Matrix(int rows, int columns, uint purpose)
    {
        var matrix = new Matrix<float>(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                ulong index = ((ulong)row * (ulong)columns) + (ulong)column;
                matrix[row, column] = (float)CounterRandom.Normal(1, RandomPurpose.Other, purpose, index);
            }
        }

        return matrix;
    }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>A matrix [rows, columns] to be looked at.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReadOnlyMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Matrix<T> _matrix;

    /// <summary>A view of a matrix that nobody will change.</summary>
    internal ReadOnlyMatrix(Matrix<T> matrix) => _matrix = matrix;

    /// <summary>The number of rows.</summary>
    public int Rows => _matrix.Rows;

    /// <summary>The number of columns.</summary>
    public int Columns => _matrix.Columns;

    /// <summary>What is looked at, for loops over whole vectors; nobody may write to it.</summary>
    internal Matrix<T> Matrix => _matrix;

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    /// <exception cref="IndexOutOfRangeException">The column is outside the matrix.</exception>
    public T this[int row, int column] => _matrix[row][column];

    /// <summary>One row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    public ReadOnlySpan<T> this[int row] => _matrix[row];

    /// <summary>A copy [rows, columns].</summary>
    public T[,] ToArray()
    {
        var array = new T[Rows, Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                array[row, column] = _matrix[row][column];
        }

        return array;
    }
}

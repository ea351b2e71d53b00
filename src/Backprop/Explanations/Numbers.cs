using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Matrices of either precision as doubles, which hold every single-precision number as it is.</summary>
static class Numbers
{
    public static ReadOnlyMatrix<double> Of<T>(ReadOnlyMatrix<T> from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(from.Rows, from.Columns, (row, column) => double.CreateTruncating(from[row, column]));

    public static ReadOnlyMatrix<double>? OfOptional<T>(ReadOnlyMatrix<T>? from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => from is null ? null : Of(from);

    public static ReadOnlyMatrix<double> Of<T>(Matrix<T> from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(from.Rows, from.Columns, (row, column) => double.CreateTruncating(from[row, column]));

    /// <summary>New − old in T, rounded once.</summary>
    public static ReadOnlyMatrix<double> Change<T>(Matrix<T> now, ReadOnlyMatrix<T> before)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(now.Rows, now.Columns, (row, column) => double.CreateTruncating(now[row, column] - before[row, column]));

    public static ReadOnlyMatrix<double> Transposed(ReadOnlyMatrix<double> from) =>
        Of(from.Columns, from.Rows, (row, column) => from[column, row]);

    /// <summary>−x, with +0 for 0.</summary>
    public static ReadOnlyMatrix<double> Negated(ReadOnlyMatrix<double> from) =>
        Of(from.Rows, from.Columns, (row, column) => 0 - from[row, column]);

    public static ReadOnlyMatrix<double> Column(IReadOnlyList<double> values) => Of(values.Count, 1, (row, _) => values[row]);

    public static ReadOnlyMatrix<double> Of(int rows, int columns, Func<int, int, double> value)
    {
        var matrix = new Matrix<double>(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                matrix[row, column] = value(row, column);
        }

        return new ReadOnlyMatrix<double>(matrix);
    }
}

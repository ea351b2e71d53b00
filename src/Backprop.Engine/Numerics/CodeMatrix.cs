namespace Backprop.Engine;

/// <summary>Codes [rows, columns]: for each input that is a category its place in a table, counted from 0.</summary>
public sealed class CodeMatrix
{
    readonly int[] _codes;

    /// <summary>Codes that are all 0.</summary>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The codes of a row, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative size, or more codes than one array holds.</exception>
    public CodeMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)rows * columns, Array.MaxLength, nameof(rows));
        (Rows, Columns, _codes) = (rows, columns, new int[rows * columns]);
    }

    /// <summary>A copy of an array [rows, columns].</summary>
    public static CodeMatrix From(int[,] codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        var matrix = new CodeMatrix(codes.GetLength(0), codes.GetLength(1));
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                matrix[row, column] = codes[row, column];
        }

        return matrix;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The codes of a row.</summary>
    public int Columns { get; }

    /// <summary>One code.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    /// <exception cref="IndexOutOfRangeException">The column is outside the matrix.</exception>
    public int this[int row, int column]
    {
        get => this[row][column];
        set => this[row][column] = value;
    }

    /// <summary>One row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    public Span<int> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            return _codes.AsSpan(row * Columns, Columns);
        }
    }

    /// <summary>All rows, one behind the other.</summary>
    internal Span<int> All => _codes;
}

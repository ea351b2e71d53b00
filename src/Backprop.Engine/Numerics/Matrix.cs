using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Engine;

/// <summary>
/// A matrix [rows, columns], row after row, in a pinned array that the garbage collector owns: nothing to dispose.
/// Rows are padded (see <see cref="StrideOf"/>), so that kernels read and write whole vectors without masks;
/// the padding of weights and errors is 0 and stays 0.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Matrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T[] _storage;
    readonly int _offset;

    /// <summary>A new matrix of zeros.</summary>
    /// <param name="rows">The number of rows, 0 or more.</param>
    /// <param name="columns">The number of columns, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative size, or more elements than one array holds.</exception>
    public Matrix(int rows, int columns)
        : this(rows, columns, StrideOf(columns))
    {
    }

    /// <summary>A copy of an array [rows, columns].</summary>
    public static Matrix<T> From(T[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var matrix = new Matrix<T>(values.GetLength(0), values.GetLength(1));
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
                matrix[row, column] = values[row, column];
        }

        return matrix;
    }

    internal Matrix(int rows, int columns, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (_storage, _offset) = AlignedStorage.Allocate<T>((long)rows * stride);
        (Rows, Columns, Stride) = (rows, columns, stride);
    }

    /// <summary>A view of part of another storage.</summary>
    internal Matrix(T[] storage, int offset, int rows, int columns, int stride)
    {
        (_storage, _offset) = (storage, offset);
        (Rows, Columns, Stride) = (rows, columns, stride);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, without padding.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row's start to the next's.</summary>
    internal int Stride { get; }

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    /// <exception cref="IndexOutOfRangeException">The column is outside the matrix.</exception>
    public T this[int row, int column]
    {
        get => this[row][column];
        set => this[row][column] = value;
    }

    /// <summary>One row, without padding.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the matrix.</exception>
    public Span<T> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            return _storage.AsSpan(_offset + row * Stride, Columns);
        }
    }

    /// <summary>The first element; the rest follow at <see cref="Stride"/>.</summary>
    internal ref T Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_storage), _offset);

    /// <summary>The first element of a row.</summary>
    internal ref T RowReference(int row) => ref Unsafe.Add(ref Origin, (nint)row * Stride);

    /// <summary>All rows with their padding.</summary>
    internal Span<T> Padded => _storage.AsSpan(_offset, Rows * Stride);

    /// <summary>A view of whole rows with their padding as one row.</summary>
    internal Matrix<T> RowsAsOne(int first, int rows) => new(_storage, _offset + first * Stride, 1, rows * Stride, rows * Stride);

    /// <summary>
    /// The stride for a number of columns: whole groups of 16 elements, and from 128 columns on an odd number of
    /// groups, so that the rows of a wide matrix do not all fall into one set of the cache.
    /// </summary>
    internal static int StrideOf(int columns)
    {
        long groups = Math.Max(1, ((long)columns + 15) / 16);
        if (columns >= 128 && groups % 2 == 0)
            groups++;
        return checked((int)(groups * 16));
    }
}

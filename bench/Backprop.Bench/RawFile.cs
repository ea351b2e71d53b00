using System.Runtime.InteropServices;
using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>Numbers of four bytes after one another, little-endian, row by row: what every system can read.</summary>
static class RawFile
{
    public static void Write(string path, IEnumerable<Matrix<float>> matrices)
    {
        using FileStream stream = File.Create(path);
        foreach (Matrix<float> matrix in matrices)
        {
            for (int row = 0; row < matrix.Rows; row++)
                stream.Write(MemoryMarshal.AsBytes(matrix[row]));
        }
    }

    public static void Write(string path, int[] values)
    {
        using FileStream stream = File.Create(path);
        stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    public static void Read(string path, IEnumerable<Matrix<float>> matrices)
    {
        using FileStream stream = File.OpenRead(path);
        foreach (Matrix<float> matrix in matrices)
        {
            for (int row = 0; row < matrix.Rows; row++)
                stream.ReadExactly(MemoryMarshal.AsBytes(matrix[row]));
        }
    }

    public static int[] ReadIntegers(string path, int count)
    {
        int[] values = new int[count];
        using FileStream stream = File.OpenRead(path);
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Backprop.Engine;

/// <summary>Numbers as little-endian bytes, on any machine.</summary>
static class LittleEndian
{
    /// <summary>
    /// Turns numbers read from little-endian bytes, or about to be written as such, into the machine's own, or back.
    /// </summary>
    public static void Swap<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian)
            return;
        if (typeof(T) == typeof(float))
        {
            Span<int> words = MemoryMarshal.Cast<T, int>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else
        {
            Span<long> words = MemoryMarshal.Cast<T, long>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    public static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (T value in values)
        {
            if (typeof(T) == typeof(float))
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)Rounding.ToDouble(value));
            else
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, Rounding.ToDouble(value));
            hash.AppendData(typeof(T) == typeof(float) ? bytes[..sizeof(float)] : bytes);
        }
    }
}

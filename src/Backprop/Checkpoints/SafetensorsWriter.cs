using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Backprop.Engine;

namespace Backprop;

/// <summary>Collects tensors and texts, and writes them as one safetensors file.</summary>
sealed class SafetensorsWriter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Readers map files into memory, where numbers should not lie across their own size.
    const int HeaderGrain = 8;

    readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    readonly List<(string Name, Matrix<T> Matrix)> _tensors = [];

    /// <summary>Adds a text.</summary>
    public void Add(string key, string text) => _metadata.Add(key, text);

    /// <summary>Adds a matrix, to be written row by row without padding.</summary>
    public void Add(string name, Matrix<T> matrix) => _tensors.Add((name, matrix));

    /// <summary>The file.</summary>
    public void Write(Stream stream)
    {
        ReadOnlySpan<byte> header = Header();
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        int padding = -header.Length & (HeaderGrain - 1);
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length + padding);
        stream.Write(prefix);
        stream.Write(header);
        for (int i = 0; i < padding; i++)
            stream.WriteByte((byte)' ');
        WriteTensors(stream);
    }

    /// <summary>The tensors' bytes alone.</summary>
    public void WriteTensors(Stream stream)
    {
        foreach ((_, Matrix<T> matrix) in _tensors)
        {
            for (int row = 0; row < matrix.Rows; row++)
                WriteRow(stream, matrix[row]);
        }
    }

    static void WriteRow(Stream stream, Span<T> row)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(row));
            return;
        }

        T[] swapped = row.ToArray();
        LittleEndian.Swap<T>(swapped);
        stream.Write(MemoryMarshal.AsBytes<T>(swapped));
    }

    ReadOnlySpan<byte> Header()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in _metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            long start = 0;
            foreach ((string name, Matrix<T> matrix) in _tensors)
                start = WritePlace(json, name, matrix, start);
            json.WriteEndObject();
        }

        return text.WrittenSpan;
    }

    static long WritePlace(Utf8JsonWriter json, string name, Matrix<T> matrix, long start)
    {
        long end = start + (long)matrix.Rows * matrix.Columns * (typeof(T) == typeof(float) ? sizeof(float) : sizeof(double));
        json.WriteStartObject(name);
        json.WriteString("dtype", typeof(T) == typeof(float) ? "F32" : "F64");
        json.WriteStartArray("shape");
        json.WriteNumberValue(matrix.Rows);
        json.WriteNumberValue(matrix.Columns);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(start);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}

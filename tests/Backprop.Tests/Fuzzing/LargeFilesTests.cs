using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Xunit;

namespace Backprop.Tests;

/// <summary>
/// Files of up to 10 MB that are made to take much memory or time, each of which once did or well could. They are made here,
/// because they are too large to be kept.
/// </summary>
public sealed class LargeFilesTests
{
    const int Size = 10_000_000;

    /// <summary>A file of 10 MB may take this much in all, most of it given back while it is read.</summary>
    const long MostBytes = 400 << 20;

    public static TheoryData<string, string> Cases => new()
    {
        { "csv", "commas" },
        { "csv", "quotes" },
        { "csv", "one cell" },
        { "csv", "blank lines" },
        { "csv", "zero bytes" },
        { "csv", "many columns" },
        { "csv", "many columns, no rows" },
        { "csv", "gzip of rows" },
        { "csv", "gzip of blank lines" },
        { "csv", "gzip of commas" },
        { "csv", "gzip of digits" },
        { "idx", "promises" },
        { "idx", "gzip of zeros" },
        { "recipe", "nested" },
        { "recipe", "doubled" },
        { "recipe", "digits" },
        { "safetensors", "tensors" },
        { "safetensors", "texts" },
        { "safetensors", "nested" },
        { "safetensors", "dimensions" },
        { "onnx", "empty nodes" },
        { "onnx", "empty tensors" },
        { "onnx", "dimensions" },
        { "onnx", "metadata" },
        { "onnx", "nested" },
        { "onnx", "outputs times consumers" },
        { "onnx", "described columns" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_large_file_is_refused_in_one_sentence_and_little_memory(string format, string kind)
    {
        byte[] file = Make(format, kind);
        Assert.InRange(file.Length, 0, Size + 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<BackpropException>(
            () => FuzzFormats.All.Single(known => known.Name == format).Read(file)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.True(Execution.IsSentence(message), message);
    }

    static byte[] Make(string format, string kind) => (format, kind) switch
    {
        ("csv", "commas") => Repeat(","),
        ("csv", "quotes") => Repeat("\""),
        ("csv", "one cell") => Repeat("x"),
        ("csv", "blank lines") => Repeat("\n"),
        ("csv", "zero bytes") => new byte[Size],
        ("csv", "many columns") => Encoding.UTF8.GetBytes(
            string.Join(',', Enumerable.Range(0, 900_000)) + "\n" + string.Join(',', Enumerable.Repeat('1', 900_000))),
        ("csv", "many columns, no rows") => Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 99_000))),
        ("csv", "gzip of rows") => Bomb("1,2\n", "a,b\n"),
        ("csv", "gzip of blank lines") => Bomb("\n", "a,b\n"),
        ("csv", "gzip of commas") => Bomb(",", "a,b\n"),
        ("csv", "gzip of digits") => Bomb("0", ""),
        ("idx", "promises") => Tabular.Idx([int.MaxValue, 28, 28], [1, 2, 3]),
        ("idx", "gzip of zeros") => Bomb("\0", "\0\0\u0008\u0002\0\u0002\0\0\0\0\u0003\0"),
        ("recipe", "nested") => Repeat("["),
        ("recipe", "doubled") =>
            Encoding.UTF8.GetBytes("{" + string.Concat(Enumerable.Repeat("\"version\":1,", Size / 12)) + "\"version\":1}"),
        ("recipe", "digits") => Encoding.UTF8.GetBytes("{\"version\":" + new string('9', Size) + "}"),
        ("safetensors", "tensors") => Safetensors("{" + string.Join(',', Enumerable.Range(0, 160_000).Select(
            i => $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")) + "}"),
        ("safetensors", "texts") => Safetensors(
            "{\"__metadata__\":{" + string.Join(',', Enumerable.Range(0, 800_000).Select(i => $"\"{i}\":\"\"")) + "}}"),
        ("safetensors", "nested") => Safetensors(new string('[', Size)),
        ("safetensors", "dimensions") => Safetensors(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + string.Concat(Enumerable.Repeat("1,", Size / 2 - 100))
            + "1],\"data_offsets\":[0,0]}}"),
        ("onnx", "empty nodes") => Onnx([0x0a, 0]),
        ("onnx", "empty tensors") => Onnx([0x2a, 0]),
        ("onnx", "dimensions") =>
            Onnx([0x2a, .. Length(Size / 2), 0x0a, .. Length(Size / 2 - 4), .. Enumerable.Repeat((byte)1, Size / 2 - 4)], 1),
        ("onnx", "metadata") => Foreign.Proto(Foreign.Node("Relu", ["x"], "y")).ToByteArray()
            .Concat(Enumerable.Range(0, 100_000).SelectMany(i => Metadata($"{i}", ""))).ToArray(),
        ("onnx", "nested") => Nested(),
        ("onnx", "outputs times consumers") => OutputsTimesConsumers(),
        ("onnx", "described columns") => Foreign.Proto(Foreign.Node("Relu", ["x"], "y")).ToByteArray().Concat(Metadata(
            "backprop.schema",
            "{\"format\":1,\"precision\":\"single\",\"columns\":["
            + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"{{\"name\":\"{i}\",\"operations\":[]}}"))
            + "],\"inputs\":200000,\"layers\":[{\"activations\":[{\"name\":\"relu\",\"count\":1}],\"bias\":true}],"
            + "\"link\":\"none\",\"target\":null}")).ToArray(),
        _ => throw new NotSupportedException(kind),
    };

    static byte[] Repeat(string text) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, Size / text.Length)));

    /// <summary>300 MB of a text in a few hundred kilobytes.</summary>
    static byte[] Bomb(string text, string header)
    {
        byte[] block = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(text, 1_000_000 / text.Length)));
        var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.Latin1.GetBytes(header));
            for (int i = 0; i < 300; i++)
                gzip.Write(block);
        }

        return result.ToArray();
    }

    static byte[] Safetensors(string header)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), bytes = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>A model whose graph has one field many times.</summary>
    static byte[] Onnx(byte[] field, int times = Size / 2)
    {
        byte[] graph = [.. Foreign.Proto(Foreign.Node("Relu", ["x"], "y")).Graph.ToByteArray()];
        byte[] fields = [.. Enumerable.Repeat(field, times).SelectMany(bytes => bytes)];
        return [0x08, 7, 0x3a, .. Length(graph.Length + fields.Length), .. graph, .. fields];
    }

    static byte[] Nested()
    {
        byte[] graph = Foreign.Proto(Foreign.Node("Relu", ["x"], "y")).Graph.ToByteArray();
        for (int depth = 0; depth < 1000; depth++)
        {
            // The graph in a setting of a node of a graph.
            foreach (byte tag in new byte[] { 0x32, 0x2a, 0x0a })
                graph = [tag, .. Length(graph.Length), .. graph];
        }

        return [0x08, 7, 0x3a, .. Length(graph.Length), .. graph];
    }

    static byte[] OutputsTimesConsumers()
    {
        var graph = Foreign.Proto(Foreign.Node("ArgMax", ["x"], "a"));
        graph.Graph.Node[0].Output.AddRange(Enumerable.Repeat("a", 100_000));
        graph.Graph.Node.AddRange(Enumerable.Range(0, 30_000).Select(_ => Foreign.Node("Q", ["a"], "b")));
        return graph.ToByteArray();
    }

    static byte[] Metadata(string key, string value)
    {
        byte[] name = Encoding.UTF8.GetBytes(key), text = Encoding.UTF8.GetBytes(value);
        byte[] entry = [0x0a, .. Length(name.Length), .. name, 0x12, .. Length(text.Length), .. text];
        return [0x72, .. Length(entry.Length), .. entry];
    }

    static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        for (; length >= 0x80; length >>= 7)
            bytes.Add((byte)(length | 0x80));
        return [.. bytes, (byte)length];
    }
}

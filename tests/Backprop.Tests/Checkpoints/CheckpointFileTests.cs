using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Backprop.Tests;

/// <summary>A checkpoint file is believed only as far as it fits itself and the training.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    readonly ScratchFolder _folder = new();
    readonly TrainOptions _options = Samples.Short with { Layers = [2], Epochs = 2 };

    string File1 => Path.Combine(_folder.Path, "c.ckpt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        byte[] bytes = Checkpoint();
        var random = new Random(5);
        // All of the first 512 bytes, and a thousand bits anywhere.
        IEnumerable<int> bits = Enumerable.Range(0, 512 * 8).Where(bit => bit % 3 == 0)
            .Concat(Enumerable.Range(0, 1000).Select(_ => random.Next(bytes.Length * 8)));
        foreach (int bit in bits)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(File1, damaged);
            Refused();
        }
    }

    [Fact]
    public void Every_length_that_it_is_cut_to_is_refused()
    {
        byte[] bytes = Checkpoint();
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(File1, bytes[..length]);
            Refused();
        }

        File.WriteAllBytes(File1, [.. bytes, 0]);
        Refused();
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "no JSON text")]
    [InlineData("{\"a\":[]}", "dtype, shape and data_offsets")]
    [InlineData("{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", "neither of F32 nor of F64")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "do not fit its shape")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", "no whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", "no whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", "no whole number")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}", "larger than the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}", "too many dimensions")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "overlap, or leave bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}}", "the file's length")]
    [InlineData(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "twice")]
    [InlineData("{\"__metadata__\":{\"a\":1},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "must be texts")]
    [InlineData(
        "{\"__metadata__\":{},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "is no checkpoint of Backprop's")]
    public void A_header_that_is_wrong_is_refused_by_what_is_wrong(string header, string sentence)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + text.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        File.WriteAllBytes(File1, bytes);
        string message = Assert.Throws<BackpropException>(() => Backprop.Checkpoint.Load(File1)).Message;
        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Assert.Contains(File1, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1L << 34)]
    public void A_header_that_says_it_is_huge_takes_no_memory(long length)
    {
        byte[] bytes = new byte[1024];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        File.WriteAllBytes(File1, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Assert.Throws<BackpropException>(() => Backprop.Checkpoint.Load(File1));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Another_numeric_version_is_refused()
    {
        byte[] bytes = Checkpoint();
        string text = Encoding.Latin1.GetString(bytes).Replace(
            "\"backprop.numeric_version\":\"", "\"backprop.numeric_version\":\"9", StringComparison.Ordinal);
        byte[] changed = Encoding.Latin1.GetBytes(text);
        BinaryPrimitives.WriteInt64LittleEndian(changed, BinaryPrimitives.ReadInt64LittleEndian(bytes) + 1);
        File.WriteAllBytes(File1, changed);
        Assert.Contains(
            "numeric version 9",
            Assert.Throws<BackpropException>(() => Backprop.Checkpoint.Load(File1)).Message,
            StringComparison.Ordinal);
    }

    void Refused()
    {
        string message = Assert.Throws<BackpropException>(() =>
        {
            var checkpoint = Backprop.Checkpoint.Load(File1);
            _ = Model.Train(Samples.Iris(), "species", _options, new RunOptions { Resume = checkpoint });
        }).Message;
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    byte[] Checkpoint()
    {
        using var limit = new StepLimit(new RunOptions { Checkpoint = new CheckpointOptions { Path = File1 } }, 5);
        _ = Model.Train(Samples.Iris(), "species", _options, limit.Options);
        return File.ReadAllBytes(File1);
    }
}

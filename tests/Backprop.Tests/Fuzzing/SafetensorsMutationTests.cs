using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace Backprop.Tests;

public sealed class SafetensorsMutationTests
{
    [Fact]
    public void A_checkpoint_has_the_hash_that_repairing_gives_it()
    {
        foreach (byte[] seed in FuzzFormats.Safetensors.Seeds())
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(seed);
            string header = Encoding.UTF8.GetString(seed, 8, length);
            byte[] data = seed[(8 + length)..];
            Assert.Equal(header, SafetensorsMutation.Repaired(header, data));
            Assert.NotEqual(header, SafetensorsMutation.Repaired(header, [.. data[..^1], (byte)(data[^1] ^ 1)]));
        }
    }
}

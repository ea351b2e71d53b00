using Xunit;

namespace Backprop.Tests;

public sealed class SelectionTests
{
    /// <summary>Keys of few bits and of many, all the same, and with the differences in the last bits alone.</summary>
    [Theory]
    [InlineData(0, 64)]
    [InlineData(0, 3)]
    [InlineData(0, 0)]
    [InlineData(61, 3)]
    [InlineData(40, 24)]
    public void Gives_the_keys_that_sorting_puts_there(int shift, int bits)
    {
        var random = new Random(bits);
        foreach (int count in new[] { 1, 2, 256, 257, 1000, 5000 })
        {
            ulong mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
            ulong shared = 0x123456789ABCDEF0 & ~(mask << shift);
            ulong[] keys = [.. Enumerable.Range(0, count).Select(_ => shared | ((Word(random) & mask) << shift))];
            ulong[] sorted = [.. keys.Order()];
            foreach (int place in new[] { 0, count / 3, count / 2, count - 1 })
            {
                int next = Math.Min(place + 1, count - 1);
                Assert.Equal(sorted[place], Selection.At([.. keys], place));
                Assert.Equal((sorted[place], sorted[next]), Selection.At([.. keys], place, next));
            }
        }
    }

    static ulong Word(Random random) => (ulong)random.NextInt64() ^ (ulong)random.NextInt64() << 1;
}

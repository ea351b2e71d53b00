using Xunit;

namespace Backprop.Tests;

public sealed class KeyFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Has_every_key_and_few_others(int count)
    {
        var random = new Random(count);
        ulong[] keys = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() << 1)];
        var filter = new KeyFilter(keys);
        Assert.All(keys, key => Assert.True(filter.MayHave(key)));

        // At most one bit in 32 is set, and of 10,000 draws of one in 32 more than 400 are six deviations off.
        int others = Enumerable.Range(0, 10_000).Count(_ => filter.MayHave((ulong)random.NextInt64() << 1 | 1));
        Assert.InRange(others, 0, 420);
    }
}

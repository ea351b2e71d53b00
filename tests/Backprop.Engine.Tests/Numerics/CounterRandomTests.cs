using Xunit;

namespace Backprop.Engine.Tests;

public sealed class CounterRandomTests
{
    // The known answers that Random123 publishes for philox4x32-10 (kat_vectors).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal(new(r0, r1, r2, r3), PhiloxBlock.Encrypt(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Key_is_the_seed_and_counter_is_index_epoch_purpose()
    {
        PhiloxBlock expected = PhiloxBlock.Encrypt(0x55667788, 0x11223344, 7, 3, 0xDDEEFF00, 0x99AABBCC);
        Assert.Equal(expected, PhiloxBlock.At(0x99AABBCCDDEEFF00, RandomPurpose.Dropout, 7, 0x1122334455667788));
        Assert.Equal(
            expected.Word0 | ((ulong)expected.Word1 << 32),
            CounterRandom.Bits(0x99AABBCCDDEEFF00, RandomPurpose.Dropout, 7, 0x1122334455667788));
    }

    [Fact]
    public void Every_part_of_the_counter_changes_the_number()
    {
        HashSet<ulong> seen = [];
        for (uint a = 0; a < 16; a++)
        {
            Assert.True(seen.Add(CounterRandom.Bits(100 + a, RandomPurpose.Split, 50, 50)));
            Assert.True(seen.Add(CounterRandom.Bits(99, (RandomPurpose)(100 + a), 50, 50)));
            Assert.True(seen.Add(CounterRandom.Bits(99, RandomPurpose.Split, 100 + a, 50)));
            Assert.True(seen.Add(CounterRandom.Bits(99, RandomPurpose.Split, 50, 100 + a)));
            Assert.True(seen.Add(CounterRandom.Bits(99, RandomPurpose.Split, 50, 1UL << (32 + (int)a))));
        }
    }

    [Fact]
    public void Uniform_numbers_fill_the_unit_interval_evenly()
    {
        // 64 bins of 1,024 expected: chi-squared with 63 degrees of freedom is below 120 but once in 100,000 seeds.
        int[] bins = new int[64];
        double sum = 0;
        for (ulong i = 0; i < 65536; i++)
        {
            double u = CounterRandom.Uniform(1, RandomPurpose.Other, 0, i);
            Assert.InRange(u, 0, BitConverter.Int64BitsToDouble(0x3FEFFFFFFFFFFFFF));
            Assert.Equal(0, u * (1L << 53) % 1);
            bins[(int)(u * 64)]++;
            sum += u;
        }

        Assert.InRange(bins.Sum(n => (n - 1024.0) * (n - 1024.0) / 1024), 20, 120);
        Assert.InRange(sum / 65536, 0.495, 0.505);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        const int Count = 200_000;
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0;
        for (ulong i = 0; i < Count; i++)
        {
            double x = CounterRandom.Normal(5, RandomPurpose.InitialWeights, 2, i);
            (m1, m2, m3, m4) = (m1 + x, m2 + x * x, m3 + x * x * x, m4 + x * x * x * x);
        }

        // Five standard deviations of each mean: sqrt of 1, 2, 15, 96 over the count.
        Assert.InRange(m1 / Count, -5 * Math.Sqrt(1.0 / Count), 5 * Math.Sqrt(1.0 / Count));
        Assert.InRange(m2 / Count - 1, -5 * Math.Sqrt(2.0 / Count), 5 * Math.Sqrt(2.0 / Count));
        Assert.InRange(m3 / Count, -5 * Math.Sqrt(15.0 / Count), 5 * Math.Sqrt(15.0 / Count));
        Assert.InRange(m4 / Count - 3, -5 * Math.Sqrt(96.0 / Count), 5 * Math.Sqrt(96.0 / Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Below_is_the_upper_half_of_the_product(int bound)
    {
        for (ulong i = 0; i < 1000; i++)
        {
            UInt128 product = (UInt128)CounterRandom.Bits(3, RandomPurpose.Shuffle, 1, i) * (uint)bound;
            Assert.Equal((int)(ulong)(product >> 64), CounterRandom.Below(bound, 3, RandomPurpose.Shuffle, 1, i));
        }
    }

    [Fact]
    public void Below_refuses_a_bound_that_leaves_nothing() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CounterRandom.Below(0, 1, RandomPurpose.Other, 0, 0));

    [Fact]
    public void Shuffle_makes_every_order_of_four_equally_often()
    {
        // 24 orders of 1,000 expected: chi-squared with 23 degrees of freedom is below 65 but once in 100,000 seeds.
        Dictionary<int, int> orders = [];
        int[] items = new int[4];
        for (uint epoch = 0; epoch < 24000; epoch++)
        {
            items = [1, 2, 3, 4];
            CounterRandom.Shuffle(items, 11, RandomPurpose.Shuffle, epoch);
            int order = items[0] * 1000 + items[1] * 100 + items[2] * 10 + items[3];
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, orders.Count);
        Assert.InRange(orders.Values.Sum(n => (n - 1000.0) * (n - 1000.0) / 1000), 4, 65);
    }

    [Fact]
    public void Shuffle_keeps_all_items_its_order_and_allocates_nothing()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        CounterRandom.Shuffle(items, 1, RandomPurpose.Shuffle, 0);
        int[] expected = [.. Enumerable.Range(0, 1000)];
        for (int i = 999; i >= 1; i--)
        {
            int other = CounterRandom.Below(i + 1, 1, RandomPurpose.Shuffle, 0, (ulong)i);
            (expected[i], expected[other]) = (expected[other], expected[i]);
        }

        Assert.Equal(expected, items);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CounterRandom.Shuffle(items, 1, RandomPurpose.Shuffle, 1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
    }

    [Fact]
    public void Filled_words_depend_on_their_index_only()
    {
        uint[] all = new uint[300];
        const ulong First = (1UL << 34) - 100;
        for (int i = 0; i < all.Length; i++)
        {
            ulong index = First + (ulong)i;
            PhiloxBlock block = PhiloxBlock.At(9, RandomPurpose.Dropout, 4, index / 4);
            all[i] = (index % 4) switch { 0 => block.Word0, 1 => block.Word1, 2 => block.Word2, _ => block.Word3 };
        }

        uint[] part = new uint[100];
        for (int start = 0; start < 10; start++)
        {
            for (int length = 0; length <= 100; length++)
            {
                Array.Clear(part);
                CounterRandom.FillWords(part.AsSpan(0, length), 9, RandomPurpose.Dropout, 4, First + (ulong)start);
                Assert.True(part.AsSpan(0, length).SequenceEqual(all.AsSpan(start, length)));
                Assert.All(part[length..], word => Assert.Equal(0u, word));
            }
        }
    }
}

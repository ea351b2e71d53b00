using Xunit;

namespace Backprop.Tests;

public class NumberStoreTests
{
    static readonly double[] s_bytes = [0, 1, 255, 128];
    static readonly double[] s_shorts = [-1, 256, 32766, -32766, -0.0, double.NaN];
    static readonly double[] s_ints = [0.1, -2e5, 1234.5678, -0.0, double.NaN];
    static readonly double[] s_floats = [0.5, -0.0, 32768, -32768, 1e30f, float.Epsilon, double.NaN];
    static readonly double[] s_doubles = [0.1, 1e300, 16777217, double.Epsilon, double.MaxValue, double.NaN];

    public static TheoryData<double[], int> Forms => new()
    {
        { s_bytes, 1 },
        { [.. s_bytes, double.NaN], 2 },
        { [.. s_bytes, .. s_shorts], 2 },
        { [.. s_bytes, 0.25, -327.66, -0.0], 2 },
        { [.. s_bytes, 32767], 4 },
        { s_ints, 4 },
        { [.. s_ints, 214748.3646, -214748.3646], 4 },
        { [.. s_ints, 214748.3648], 8 },
        { [.. s_floats, .. s_shorts], 4 },
        { [.. s_doubles, .. s_floats], 8 },
        { [2147483648, 1], 4 },
        { [double.NaN], 2 },
    };

    [Fact]
    public void A_store_that_is_still_being_filled_gives_what_it_has()
    {
        var store = new NumberStore(blockShift: 4);
        for (int i = 0; i < 40; i++)
            store.Add(i / 8.0);
        var copied = new double[30];
        store.CopyTo(9, copied);
        Assert.Equal([.. Enumerable.Range(9, 30).Select(i => i / 8.0)], copied);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Keeps_every_bit_in_the_narrowest_form(double[] values, int bytes)
    {
        NumberBlock block = NumberBlock.Pack(values);
        double[] copied = new double[values.Length];
        block.CopyTo(0, copied);

        Assert.Equal(values.Select(Bits), copied.Select(Bits));
        Assert.Equal(values.Select(Bits), Enumerable.Range(0, values.Length).Select(i => Bits(block[i])));
        Assert.Equal(bytes, block.BytesPerValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void Gives_back_what_was_added_across_blocks_of_different_forms(int count)
    {
        double[] all = [.. s_bytes, .. s_shorts, .. s_floats, .. s_doubles];
        var random = new Random(count);
        double Value(int i) => i / 64 % 2 == 0 ? s_bytes[i % 4] : all[random.Next(all.Length)];
        double[] values = [.. Enumerable.Range(0, count).Select(Value)];
        var store = new NumberStore(blockShift: 6);
        foreach (double value in values)
        {
            store.Add(value);
            Assert.Equal(Bits(value), Bits(store[store.Count - 1]));
        }

        store.Close();
        Assert.Equal(count, store.Count);
        Assert.Equal(values.Select(Bits), Enumerable.Range(0, count).Select(i => Bits(store[i])));
        for (int start = 0; start < count; start += 61)
        {
            double[] copied = new double[Math.Min(130, count - start)];
            store.CopyTo(start, copied);
            Assert.Equal(values.Skip(start).Take(copied.Length).Select(Bits), copied.Select(Bits));
        }
    }

    /// <summary>All lengths, so that what is left over when some are packed together is there in all sizes.</summary>
    [Fact]
    public void Every_length_of_every_form_gives_back_its_bits()
    {
        double[][] forms = [s_bytes, s_shorts, [.. s_shorts, 0.25], s_ints, s_floats, s_doubles];
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            double[] form = forms[i % forms.Length];
            double[] values = [.. Enumerable.Range(0, i % 41).Select(_ => form[random.Next(form.Length)])];
            NumberBlock block = NumberBlock.Pack(values);
            double[] copied = new double[values.Length];
            block.CopyTo(0, copied);
            Assert.Equal(values.Select(Bits), copied.Select(Bits));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    [InlineData(3000)]
    public void Rows_are_gathered_in_whatever_order_they_are(int count)
    {
        double[] all = [.. s_bytes, .. s_shorts, .. s_floats, .. s_doubles, .. s_ints];
        var random = new Random(count);
        double[] values = [.. Enumerable.Range(0, count).Select(i => all[(i / 64 * 7 + random.Next(5)) % all.Length])];
        var store = new NumberStore(blockShift: 6);
        store.AddRange(values);
        store.Close();

        int[] consecutive = [.. Enumerable.Range(0, count)], shuffled = [.. consecutive];
        random.Shuffle(shuffled);
        int[][] orders =
        [
            [], consecutive, consecutive[1..], [.. consecutive.Where(row => row % 5 != 3)], [.. consecutive.Reverse()], shuffled,
            [.. Enumerable.Repeat(count - 1, 20)], [.. consecutive, 0], [.. consecutive.Select(row => row / 64 * 64 % count)],
        ];
        foreach (int[] rows in orders)
        {
            double[] gathered = new double[rows.Length];
            store.Gather(rows, gathered);
            Assert.Equal(rows.Select(row => Bits(values[row])), gathered.Select(Bits));
        }

        foreach (int wrong in new[] { -1, count, int.MinValue, int.MaxValue })
        {
            for (int place = 0; place < Math.Min(count, 20); place++)
            {
                int[] rows = [.. consecutive];
                rows[place] = wrong;
                Assert.Throws<ArgumentOutOfRangeException>(() => store.Gather(rows, new double[rows.Length]));
            }
        }
    }

    [Theory]
    [InlineData(1, 13)]
    [InlineData(512, 13)]
    [InlineData(513, 12)]
    [InlineData(784, 12)]
    [InlineData(1_000_000, 4)]
    public void Wide_tables_have_short_blocks(int columns, int shift) => Assert.Equal(shift, NumberStore.BlockShiftFor(columns));

    // NaNs are all the same to a table.
    static long Bits(double value) => double.IsNaN(value) ? -1 : BitConverter.DoubleToInt64Bits(value);
}

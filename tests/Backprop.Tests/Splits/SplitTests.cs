using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class SplitTests
{
    [Theory]
    [InlineData(10, 0.2, 2)]
    [InlineData(10, 0.25, 2)] // 2.5: to the even number
    [InlineData(10, 0.35, 4)] // 3.5
    [InlineData(7, 0.5, 4)]
    [InlineData(3, 0.2, 1)]
    [InlineData(1001, 0.999, 1000)]
    public void Holds_out_exactly_the_rounded_share(int rows, double fraction, int heldOut)
    {
        Split split = Split.HoldOut(rows, fraction, 5, SplitPart.Validation);
        Assert.Equal(heldOut, split.HeldOutRows.Length);
        AssertParted(Enumerable.Range(0, rows), split);
    }

    [Fact]
    public void Holds_out_the_rows_that_drew_the_smallest_numbers()
    {
        Split split = Split.HoldOut(40, 0.3, 123, SplitPart.Test);
        int[] expected =
        [
            .. Enumerable.Range(0, 40)
                .OrderBy(static row => CounterRandom.Bits(123, RandomPurpose.Split, 1, (ulong)row))
                .Take(12)
                .Order(),
        ];
        Assert.Equal(expected, split.HeldOutRows);
    }

    [Fact]
    public void The_rows_held_out_never_change()
    {
        // From another implementation of Philox4x32-10: the six rows whose numbers are smallest.
        Assert.Equal([3, 8, 10, 12, 19, 24], Split.HoldOut(30, 0.2, 0, SplitPart.Test).HeldOutRows);
        Assert.Equal([6, 7, 11, 15, 17, 29], Split.HoldOut(30, 0.2, 0, SplitPart.Validation).HeldOutRows);
    }

    [Fact]
    public void Classes_give_their_shares_by_largest_remainder()
    {
        // 11 of 55 rows: shares 6.6, 3.2 and 1.2, so the first class gets the row that is left.
        int[] classes = [.. Enumerable.Range(0, 55).Select(static row => row < 33 ? 0 : row < 49 ? 1 : 2)];
        Split split = Split.HoldOut(55, 0.2, 1, SplitPart.Validation, classes);

        Assert.Equal([7, 3, 1], CountsOf(split.HeldOutRows, classes, 3));
        AssertParted(Enumerable.Range(0, 55), split);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.77)]
    public void Class_shares_are_within_one_row_of_exact(double fraction)
    {
        int[] classes = [.. Enumerable.Range(0, 997).Select(static row => row % 7 * (row % 3))];
        Split split = Split.HoldOut(classes.Length, fraction, 9, SplitPart.Test, classes);
        int[] sizes = CountsOf([.. Enumerable.Range(0, classes.Length)], classes, 13);
        int[] held = CountsOf(split.HeldOutRows, classes, 13);

        Assert.Equal((int)Math.Round(fraction * 997, MidpointRounding.ToEven), split.HeldOutRows.Length);
        for (int i = 0; i < 13; i++)
            Assert.InRange(held[i] - ((double)split.HeldOutRows.Length * sizes[i] / 997), -1, 1);
        AssertParted(Enumerable.Range(0, 997), split);
    }

    [Fact]
    public void Every_class_keeps_a_row_to_train_on()
    {
        // 6 of 10: the shares are 3, 1.2, 1.2 and 0.6; the row that is left is due to the last class, which has no other.
        int[] classes = [0, 0, 0, 0, 0, 1, 1, 2, 2, 3];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Split split = Split.HoldOut(10, 0.6, seed, SplitPart.Test, classes);
            Assert.Equal([4, 1, 1, 0], CountsOf(split.HeldOutRows, classes, 4));
        }

        // The single row goes only when no other class can give one.
        Assert.Equal([4, 1, 1, 1], CountsOf(Split.HoldOut(10, 0.7, 0, SplitPart.Test, classes).HeldOutRows, classes, 4));
        string message = Assert.Throws<BackpropException>(() => Split.HoldOut(10, 0.8, 0, SplitPart.Test, classes)).Message;
        Assert.Contains("8 of 10 rows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_of_one_row_stays_in_training()
    {
        int[] classes = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2];
        for (ulong seed = 0; seed < 50; seed++)
            Assert.Contains(0, Split.HoldOut(13, 0.5, seed, SplitPart.Validation, classes).TrainingRows);
    }

    [Fact]
    public void Test_and_validation_are_taken_one_after_the_other()
    {
        int[] classes = [.. Enumerable.Range(0, 200).Select(static row => row % 4 == 0 ? 1 : 0)];
        Split test = Split.HoldOut(200, 0.2, 3, SplitPart.Test, classes);
        Split validation = Split.HoldOut(test.TrainingRows, 0.25, 3, SplitPart.Validation, classes);

        Assert.Equal([30, 10], CountsOf(test.HeldOutRows, classes, 2));
        Assert.Equal([30, 10], CountsOf(validation.HeldOutRows, classes, 2));
        AssertParted(test.TrainingRows, validation);
        Assert.Empty(validation.HeldOutRows.Intersect(test.HeldOutRows));
    }

    [Fact]
    public void Parts_and_seeds_draw_independently()
    {
        // Two independent halves of 2,000 rows share 500 ± 5·σ, σ² = n/16.
        int[] of(ulong seed, SplitPart part) => Split.HoldOut(2000, 0.5, seed, part).HeldOutRows;
        Assert.InRange(of(1, SplitPart.Test).Intersect(of(1, SplitPart.Validation)).Count(), 500 - 56, 500 + 56);
        Assert.InRange(of(1, SplitPart.Test).Intersect(of(2, SplitPart.Test)).Count(), 500 - 56, 500 + 56);
    }

    [Fact]
    public void The_order_in_which_rows_are_named_is_of_no_account()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(static row => row % 3)];
        int[] rows = [.. Enumerable.Range(0, 60).Where(static row => row % 5 != 0)];
        Split ascending = Split.HoldOut(rows, 0.3, 8, SplitPart.Test, classes);
        Array.Reverse(rows);
        Split descending = Split.HoldOut(rows, 0.3, 8, SplitPart.Test, classes);

        Assert.Equal(ascending.HeldOutRows, descending.HeldOutRows);
        Assert.Equal(ascending.TrainingRows, descending.TrainingRows);
        Assert.Equal(59, rows[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Refuses_a_share_that_is_not_between_0_and_1(double fraction)
    {
        string message = Assert.Throws<BackpropException>(() => Split.HoldOut(10, fraction, 0, SplitPart.Test)).Message;
        Assert.Contains("between 0 and 1", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0.2, "no row for the validation part")]
    [InlineData(0, 0.2, "no row for the validation part")]
    [InlineData(2, 0.9, "no row to train on")]
    public void Refuses_to_leave_a_part_empty(int rows, double fraction, string expected)
    {
        string message = Assert.Throws<BackpropException>(() => Split.HoldOut(rows, fraction, 0, SplitPart.Validation)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_rows_that_make_no_sense()
    {
        Assert.Throws<ArgumentException>(() => Split.HoldOut([3, 1, 3], 0.5, 0, SplitPart.Test));
        Assert.Throws<ArgumentException>(() => Split.HoldOut([0, -1], 0.5, 0, SplitPart.Test));
        Assert.Throws<ArgumentException>(() => Split.HoldOut([0, 2], 0.5, 0, SplitPart.Test, [0, 1]));
        Assert.Throws<ArgumentException>(() => Split.HoldOut([0, 1], 0.5, 0, SplitPart.Test, [0, -1]));
        Assert.Throws<ArgumentException>(() => Split.HoldOut(3, 0.5, 0, SplitPart.Test, [0, 1]));
    }

    static int[] CountsOf(int[] rows, int[] classes, int count)
    {
        int[] counts = new int[count];
        foreach (int row in rows)
            counts[classes[row]]++;
        return counts;
    }

    static void AssertParted(IEnumerable<int> rows, Split split)
    {
        Assert.Equal(split.TrainingRows.Order(), split.TrainingRows);
        Assert.Equal(split.HeldOutRows.Order(), split.HeldOutRows);
        Assert.Equal(rows.Order(), split.TrainingRows.Concat(split.HeldOutRows).Order());
    }
}

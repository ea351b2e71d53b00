using Xunit;

namespace Backprop.Tests;

public sealed class ColumnFitTests
{
    static readonly string[] s_tokens = ["", "?", "NA", "NaN"];

    [Fact]
    public void Standardises_numbers_by_mean_and_population_deviation()
    {
        ColumnEncoder encoder = ColumnFit.Number<double>("x", [2, 4, 4, 4, 5, 5, 7, 9], Rows(8)).Encoder!;

        Assert.Equal([new FillMissing(4.5), new Subtract(5), new Divide(2)], encoder.Operations.AsEnumerable());
        Assert.Equal([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2], Encode<double>(encoder, [2, 4, 4, 4, 5, 5, 7, 9]));
        Assert.Equal([new Feature("x", "x")], encoder.Features.AsEnumerable());
    }

    [Fact]
    public void A_missing_number_becomes_the_median_and_is_marked_where_training_saw_one()
    {
        ColumnEncoder seen = ColumnFit.Number<double>("x", [1, double.NaN, 3, 8], Rows(4)).Encoder!;
        Assert.Equal("x, x is missing", Names(seen.Features));
        double[] features = Encode<double>(seen, [double.NaN, 3]);
        Assert.Equal([(3 - 4) / Math.Sqrt(26.0 / 3), 1, (3 - 4) / Math.Sqrt(26.0 / 3), 0], features);

        ColumnEncoder unseen = ColumnFit.Number<double>("x", [1, 3, 8, 8], Rows(4)).Encoder!;
        Assert.Equal(1, unseen.FeatureCount);
        Assert.Equal([(5.5 - 5) / Math.Sqrt(9.5)], Encode<double>(unseen, [double.NaN]));
    }

    [Fact]
    public void Leaves_out_constant_and_all_missing_columns_and_keeps_what_missing_cells_say()
    {
        Assert.Equal("it has the same value in every training row", ColumnFit.Number<float>("x", [7, 7], Rows(2)).LeftOut);
        Assert.Equal("it is missing in every training row", ColumnFit.Number<float>("x", [double.NaN], Rows(1)).LeftOut);
        Assert.Equal("it has the same value in every training row", ColumnFit.Category("x", [0, 0], ["a"], []).LeftOut);
        Assert.Equal("it is missing in every training row", ColumnFit.Category("x", [-1], ["a"], []).LeftOut);
        Assert.Equal("it has the same value in every training row", ColumnFit.YesNo("x", [1, 1], ["no", "yes"]).LeftOut);

        ColumnEncoder partly = ColumnFit.Number<float>("x", [7, double.NaN], Rows(2)).Encoder!;
        Assert.Equal([0f, 1f, 0f], Encode<float>(partly, [7, double.NaN, 1e9]));
    }

    [Fact]
    public void A_column_that_single_precision_cannot_tell_apart_is_constant_in_it()
    {
        Assert.NotNull(ColumnFit.Number<float>("x", [1e9, 1e9 + 1], Rows(2)).LeftOut);
        Assert.NotNull(ColumnFit.Number<double>("x", [1e9, 1e9 + 1], Rows(2)).Encoder);
    }

    [Fact]
    public void A_column_that_single_precision_cannot_tell_apart_is_standardised_in_double()
    {
        ColumnEncoder encoder = ColumnFit.NumberInDouble("x", [1e9, double.NaN, 1e9 + 1, 1e9 + 2]).Encoder!;
        Assert.Equal<EncoderOperation>(
            [
                new InDouble(), new MissingIndicator(), new FillMissing(1e9 + 1), new Subtract(1e9 + 1),
                new Divide(Math.Sqrt(2.0 / 3)),
            ],
            encoder.Operations);
        float half = (float)(0.5 / Math.Sqrt(2.0 / 3));
        Assert.Equal([half, 0f, 0f, 1f, -half, 0f], Encode<float>(encoder, [1e9 + 1.5, double.NaN, 1e9 + 0.5]));
        Assert.Equal([0.5 / Math.Sqrt(2.0 / 3), 0], Encode<double>(encoder, [1e9 + 1.5]));
        Assert.Contains("too large for single", Fails(() => Encode<float>(encoder, [1e60])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 1.0, 2.0, double.NaN)]
    [InlineData(false, 0.0, 0.0, 0.0)]
    [InlineData(false, 0.1, 0.1, 0.1)]
    [InlineData(false, 1e-12, 3e-12, 2e-12)]
    [InlineData(false, 1.7e9, 1.71e9, 1.72e9)]
    [InlineData(false, 0.3, 0.30000000000000004, 0.3)]
    [InlineData(false, double.NaN, double.NaN, double.NaN)]
    [InlineData(true, 1.7e9, 1.7e9 + 3600, 1.7e9 + 7200)]
    [InlineData(true, 1.0, 1.0 + 1e-9, 1.0 + 2e-9)]
    [InlineData(true, 1e300, -1e300, 0.0)]
    [InlineData(true, 1e-300, 2e-300, double.NaN)]
    [InlineData(true, 1e39, 0.0, 1.0)]
    public void Single_precision_loses_what_is_a_thousandth_of_the_deviation(bool loses, double x, double y, double z) =>
        Assert.Equal(loses, SinglePrecision.Loses([x, y, z]));

    [Fact]
    public void The_mean_of_large_numbers_with_a_small_spread_keeps_its_digits()
    {
        double[] cells = [.. Enumerable.Range(0, 1000).Select(i => 1e9 + i % 2)];
        ColumnEncoder encoder = ColumnFit.Number<double>("x", cells, Rows(1000)).Encoder!;
        Assert.Equal([new FillMissing(1e9 + 0.5), new Subtract(1e9 + 0.5), new Divide(0.5)], encoder.Operations.AsEnumerable());
    }

    [Fact]
    public void Categories_are_in_ordinal_order_whatever_the_order_of_rows_and_codes()
    {
        ColumnEncoder one = ColumnFit.Category("c", [0, 1, 2], ["b", "a", "B"], [.. s_tokens]).Encoder!;
        ColumnEncoder other = ColumnFit.Category("c", [2, 0, 1, 1], ["B", "b", "a", "never in training"], [.. s_tokens]).Encoder!;

        Assert.Equal("c=B, c=a, c=b", Names(one.Features));
        Assert.Equal(Names(one.Features), Names(other.Features));
    }

    [Fact]
    public void Unknown_and_unexpectedly_missing_categories_are_zeros()
    {
        ColumnEncoder encoder = ColumnFit.Category("c", [0, 1], ["a", "b"], [.. s_tokens]).Encoder!;
        Assert.Equal([0, 1, 0, 0, 0, 0], Encode<double>(encoder, [1, 0, -1], ["new", "b"]));

        ColumnEncoder withMissing = ColumnFit.Category("c", [0, 1, -1], ["a", "b"], [.. s_tokens]).Encoder!;
        Assert.Equal([0, 1, 0, 0, 0, 0, 0, 0, 1], Encode<double>(withMissing, [1, 0, -1], ["new", "b"]));
        Assert.Equal("c is missing", withMissing.Features[^1].Name);
    }

    [Fact]
    public void Yes_and_no_become_one_and_zero_in_any_usual_spelling()
    {
        ColumnEncoder encoder = ColumnFit.YesNo("y", [0, 1, 1], ["yEs", "no"]).Encoder!;
        Assert.Equal([1, 1, 0, 0, 0], Encode<double>(encoder, [0, 1, 2, 3, -1], ["YES", "yEs", "No", "perhaps"]));

        ColumnEncoder withMissing = ColumnFit.YesNo("y", [0, 0, 1, -1], ["yes", "no"]).Encoder!;
        Assert.Equal([1, 0, 0, 0, 1, 1], Encode<double>(withMissing, [0, 1, -1], ["yes", "no"]));
    }

    [Fact]
    public void Plain_numbers_stay_as_they_are_and_refuse_missing_cells()
    {
        ColumnEncoder encoder = ColumnFit.PlainNumber<float>("x", [1, 2], Rows(2)).Encoder!;
        Assert.Equal([0.1f], Encode<float>(encoder, [0.1]));
        Assert.Contains(
            "'x' is missing in data row 1", Fails(() => Encode<float>(encoder, [double.NaN])), StringComparison.Ordinal);
        Assert.Contains(
            "--encode none", Fails(() => ColumnFit.PlainNumber<float>("x", [double.NaN], Rows(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_numbers_beyond_the_precision_and_columns_of_the_other_type()
    {
        ColumnEncoder encoder = ColumnFit.Number<float>("x", [1, 2], Rows(2)).Encoder!;
        Assert.Contains("data row 2", Fails(() => Encode<float>(encoder, [1, 1e300])), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Encode<float>(encoder, [0], ["a"]));
        Assert.Contains(
            "too large for single", Fails(() => ColumnFit.Number<float>("x", [1, 1e300], Rows(2))), StringComparison.Ordinal);
        Assert.Contains(
            "too large to standardise",
            Fails(() => ColumnFit.Number<double>("x", [1e308, -1e308, 1e308], Rows(3))),
            StringComparison.Ordinal);

        ColumnEncoder category = ColumnFit.Category("c", [0, 1], ["a", "b"], []).Encoder!;
        Assert.Throws<ArgumentException>(() => Encode<float>(category, [1.0]));
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4.0)]
    public void Quantiles_interpolate_between_sorted_numbers(double part, double expected) =>
        Assert.Equal(expected, Statistics.Quantile([3, 1, 4, 2], part));

    [Fact]
    public void Quantiles_are_those_of_the_sorted_numbers()
    {
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            double[] numbers = [.. Enumerable.Range(0, random.Next(1, 3000)).Select(_ => (i % 4) switch
            {
                0 => random.NextDouble() - 0.5,
                1 => random.Next(-3, 4),
                2 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-1000, 1000)),
                _ => i,
            })];
            double part = random.Next(3) == 0 ? 0.5 : random.NextDouble();
            double[] sorted = [.. numbers.Order()];
            int below = (int)(part * (numbers.Length - 1));
            double low = sorted[below], high = sorted[Math.Min(below + 1, numbers.Length - 1)];
            double expected = low + (part * (numbers.Length - 1) - below) * (high - low);
            Assert.Equal(expected, Statistics.Quantile(numbers, part));
        }
    }

    [Fact]
    public void Compensated_sums_keep_what_plain_ones_lose() => Assert.Equal(2, Statistics.Sum([1, 1e100, 1, -1e100]));

    [Fact]
    public void Class_targets_are_indexed_in_ordinal_order_and_refused_when_useless()
    {
        ClassTarget target = ClassTarget.Fit("t", [1, 0, 2], ["b", "c", "a", "unused"]);
        Assert.Equal("a, b, c", string.Join(", ", target.Classes));
        var indices = new int[4];
        target.Encode([0, 1, -1, 2], ["c", "x", "a"], indices);
        Assert.Equal([2, -1, -1, 0], indices);

        Assert.Contains("only one class", Fails(() => ClassTarget.Fit("t", [0, 0], ["a"])), StringComparison.Ordinal);
        Assert.Contains(
            "missing value in data row 2", Fails(() => ClassTarget.Fit("t", [0, -1], ["a"])), StringComparison.Ordinal);
        string[] many = [.. Enumerable.Range(0, 1001).Select(i => $"{i}")];
        Assert.Contains("1001 classes", Fails(() => ClassTarget.Fit("t", Rows(1001), many)), StringComparison.Ordinal);
    }

    [Fact]
    public void Number_targets_are_standardised_and_turned_back()
    {
        double[] y = [2, 4, 4, 4, 5, 5, 7, 9];
        NumberTarget target = NumberTarget.Fit<double>("y", y, Rows(8));
        var t = new double[8];
        target.Encode(0, y, Rows(8), t, 1);
        Assert.Equal([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2], t);
        Assert.Equal(y, t.Select(x => Decoded(target, x)));
        Assert.Contains("same value", Fails(() => NumberTarget.Fit<double>("y", [1, 1], Rows(2))), StringComparison.Ordinal);
        Assert.Contains(
            "missing value in data row 1",
            Fails(() => NumberTarget.Fit<double>("y", [double.NaN], Rows(1))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Number_targets_far_from_zero_keep_their_digits_in_double()
    {
        double[] y = [1.7e9, 1.7e9 + 1, 1.7e9 + 2, 1.7e9 + 3];
        var target = NumberTarget.FitInDouble(["y"], [y]);
        var t = new float[4];
        target.Encode(0, y, Rows(4), t, 1);
        Assert.Equal(Math.Sqrt(1.8), t[3], 1e-6);
        Assert.Equal(-t[0], t[3]);
        Assert.All(y.Zip(t), pair => Assert.Equal(pair.First, Decoded(target, pair.Second), 1e-6));
        Assert.Contains("same value", Fails(() => NumberTarget.FitInDouble(["y"], [[1e9, 1e9]])), StringComparison.Ordinal);
    }

    static double Decoded<T>(NumberTarget target, T output)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var decoded = new double[1];
        target.Decode([output], decoded);
        return decoded[0];
    }

    [Fact]
    public void Features_come_column_after_column_and_a_column_cannot_come_twice()
    {
        var x = new ColumnEncoder("x", []);
        var c = new ColumnEncoder("c", [new Lookup(["a"], [], true), new OneHot(2)]);
        Assert.Equal("x, c=a, c is missing", Names(new TableEncoder([x, c]).Features));
        Assert.Contains("twice", Fails(() => new TableEncoder([x, x])), StringComparison.Ordinal);
        Assert.Contains("No column", Fails(() => new TableEncoder([])), StringComparison.Ordinal);
        Assert.Contains("order", Fails(() => new ColumnEncoder("x", [new OneHot(2)])), StringComparison.Ordinal);
        Assert.Contains("constant", Fails(() => new ColumnEncoder("x", [new Divide(0)])), StringComparison.Ordinal);
    }

    [Fact]
    public void Standardising_in_one_go_gives_the_bits_of_its_steps_in_single_precision() => SameAsSteps<float>();

    [Fact]
    public void Standardising_in_one_go_gives_the_bits_of_its_steps_in_double_precision() => SameAsSteps<double>();

    [Fact]
    public void Standardising_in_one_go_refuses_what_its_steps_refuse()
    {
        var encoder = new ColumnEncoder("x", [new FillMissing(1), new Subtract(0.5), new Divide(1e-30)]);
        foreach (double cell in (double[])[1e300, -1e300, 1e20])
        {
            double[] cells = [1, 2, cell];
            string steps = Fails(() =>
            {
                encoder.EncodeStepwise<float>(new ColumnCells(cells), Rows(3), new float[3], 1);
                return cells;
            });
            Assert.Contains("data row 3", steps, StringComparison.Ordinal);
            Assert.Equal(steps, Fails(() => Encode<float>(encoder, cells)));
        }
    }

    static void SameAsSteps<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        const int Count = 1003, Stride = 3;
        var encoder = new ColumnEncoder("x", [new FillMissing(0.1), new Subtract(1 / 3.0), new Divide(0.7)]);
        var cells = new double[Count];
        for (int i = 0; i < Count; i++)
            cells[i] = i % 17 == 0 ? double.NaN : i % 19 == 0 ? -0.0 : Math.ScaleB((i * 7919 % 1009 - 500) / 3.0, i % 60 - 30);
        T[] expected = new T[Count * Stride], actual = new T[Count * Stride];
        encoder.EncodeStepwise<T>(new ColumnCells(cells), Rows(Count), expected, Stride);
        encoder.Encode<T>(new ColumnCells(cells), Rows(Count), actual, Stride);
        Assert.Equal(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected.AsSpan()),
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(actual.AsSpan()));
    }

    static string Names(IEnumerable<Feature> features) => string.Join(", ", features.Select(feature => feature.Name));

    static int[] Rows(int count) => [.. Enumerable.Range(0, count)];

    static T[] Encode<T>(ColumnEncoder encoder, double[] cells)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var features = new T[cells.Length * encoder.FeatureCount];
        encoder.Encode<T>(new ColumnCells(cells), Rows(cells.Length), features, encoder.FeatureCount);
        return features;
    }

    static T[] Encode<T>(ColumnEncoder encoder, int[] codes, string[] texts)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var features = new T[codes.Length * encoder.FeatureCount];
        encoder.Encode<T>(new ColumnCells(codes, texts), Rows(codes.Length), features, encoder.FeatureCount);
        return features;
    }

    static string Fails(Func<object> action) => Assert.Throws<BackpropException>(action).Message;
}

using Xunit;

namespace Backprop.Tests;

public sealed class RowWeightsTests
{
    static readonly string[] s_names = ["a", "b", "c"];

    [Fact]
    public void Balanced_classes_weigh_the_same_in_total()
    {
        // n = 6; two of three classes occur, with 4 and 2 rows.
        double[] weights = RowWeights.Balanced([0, 0, 2, 0, 2, 0], 3);
        Assert.Equal([6.0 / (2 * 4), 1, 6.0 / (2 * 2)], weights);
        Assert.Equal([0.75, 0.75, 1.5], RowWeights.Product([], [0, 0, 2], weights)!);
    }

    [Fact]
    public void Named_classes_get_their_weight_and_others_one()
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal) { ["c"] = 3, ["b"] = 0.5 };
        Assert.Equal([1, 0.5, 3], RowWeights.ByName(weights, s_names));
    }

    [Fact]
    public void Row_and_class_weights_are_multiplied()
    {
        Assert.Equal([2, 1.5, 0], RowWeights.Product([2, 3, 0], [1, 0, 1], [0.5, 1])!);
        Assert.Equal([2, 3, 0], RowWeights.Product([2, 3, 0], [], [])!);
        Assert.Null(RowWeights.Product([], [0, 1], []));
    }

    [Theory]
    [InlineData("", "The column 'w' of --row-weights has no weight in line 3 of data.csv; every row needs one, 0 or more.")]
    [InlineData("-0.5", "The weight in line 3 of data.csv, column 'w', is -0.5; it must be 0 or more and finite.")]
    public void A_cell_that_is_no_weight_is_named(string weight, string message)
    {
        Assert.Equal([1, 0], WeightColumn.Read(Tabular.Csv("w,x\n1,a\n0,b\n"), "w"));
        Table table = Tabular.Csv($"w,x\n1,a\n{weight},b\n-7,c\n");
        Assert.Equal(message, Assert.Throws<BackpropException>(() => WeightColumn.Read(table, "w")).Message);
    }

    [Fact]
    public void A_weight_without_end_is_none_of_a_table() => Assert.Contains(
        "line 3, column 'w': 'inf' is infinite",
        Tabular.Refusal(() => Tabular.Csv("w,x\n1,a\ninf,b\n")),
        StringComparison.Ordinal);

    [Fact]
    public void A_class_that_does_not_exist_is_answered_with_those_that_do()
    {
        string message = Assert.Throws<BackpropException>(
            () => RowWeights.ByName(new Dictionary<string, double>(StringComparer.Ordinal) { ["d"] = 1 }, s_names)).Message;
        Assert.Equal("There is no class 'd' to weigh; the classes are a, b, c.", message);

        string[] many = [.. Enumerable.Range(0, 25).Select(static i => $"n{i}")];
        message = Assert.Throws<BackpropException>(
            () => RowWeights.ByName(new Dictionary<string, double>(StringComparer.Ordinal) { ["d"] = 1 }, many)).Message;
        Assert.EndsWith("n18, n19 and 5 more.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_class_weight_must_be_a_weight(double weight)
    {
        string message = Assert.Throws<BackpropException>(
            () => RowWeights.ByName(new Dictionary<string, double>(StringComparer.Ordinal) { ["b"] = weight }, s_names)).Message;
        Assert.StartsWith("The weight of class 'b' is ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_must_be_finite_and_not_all_zero()
    {
        Assert.Contains("row 2", Assert.Throws<BackpropException>(
            () => RowWeights.Product([1, 1e200], [0, 0], [1e200])).Message, StringComparison.Ordinal);
        Assert.Throws<BackpropException>(() => RowWeights.Product([0, 1], [0, 1], [1, 0]));
    }

    [Fact]
    public void Refuses_sizes_and_classes_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => RowWeights.Product([1, 1], [0], [1]));
        Assert.Throws<ArgumentException>(() => RowWeights.Product([], [1], [1]));
        Assert.Throws<ArgumentException>(() => RowWeights.Balanced([0, 3], 3));
    }
}

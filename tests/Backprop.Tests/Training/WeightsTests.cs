using Xunit;

namespace Backprop.Tests;

public sealed class WeightsTests
{
    static readonly TrainOptions s_plain = new()
    {
        Encode = EncodeKind.None,
        Layers = [4],
        Epochs = 4,
        Batch = 8,
        Seed = 2,
        RowWeights = "w",
        Task = TaskKind.Regress,
    };

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void What_a_row_of_weight_0_says_does_not_matter(Precision precision)
    {
        TrainOptions options = s_plain with { Precision = precision };
        string Hash(double x, double y, double w) =>
            Model.Train(Rows(i => i == 11 ? (x, y, w) : (i % 7 - 3, i % 5, 1 + i % 3)), "y", options).Model.ParameterHash;
        Assert.Equal(Hash(1, 2, 0), Hash(-250.5, 1e4, 0));
        Assert.NotEqual(Hash(1, 2, 1), Hash(-250.5, 1e4, 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0.25)]
    [InlineData(1024)]
    public void Weights_all_multiplied_change_nothing(double factor)
    {
        string Hash(double by) => Model.Train(Rows(i => (i % 7 - 3, i % 5, (1 + i % 3) * by)), "y", s_plain).Model.ParameterHash;
        Assert.Equal(Hash(1), Hash(factor));
    }

    [Fact]
    public void Weights_that_are_all_1_are_none()
    {
        Table table = Rows(i => (i % 7 - 3, i % 5, 1));
        Assert.Equal(
            Model.Train(table, "y", s_plain with { RowWeights = null, Ignore = ["w"] }).Model.ParameterHash,
            Model.Train(table, "y", s_plain).Model.ParameterHash);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    public void Balanced_class_weights_are_those_of_the_counts(double validation)
    {
        // The counts are of the training rows alone: of 40, 24 and 16 rows, a fifth of each is held out.
        Table table = Tabular.Csv("x,y\n" + string.Join('\n', Enumerable.Range(0, 80).Select(i =>
            FormattableString.Invariant($"{i * 37 % 23 + 0.5},{(i < 40 ? "a" : i < 64 ? "b" : "c")}"))));
        TrainOptions options = Samples.Short with { Validation = validation };
        TrainedModel balanced = Model.Train(table, "y", options with { ClassWeights = "balanced" });
        int[] counts = validation == 0 ? [40, 24, 16] : [32, 19, 13];
        Assert.Equal(counts.Sum(), balanced.TrainingRows);
        string weights = string.Join(',', counts.Select((count, k) =>
            FormattableString.Invariant($"{"abc"[k]}={counts.Sum() / (3.0 * count):R}")));
        Model given = Model.Train(table, "y", options with { ClassWeights = weights }).Model;
        Assert.Equal(given.ParameterHash, balanced.Model.ParameterHash);
        Assert.Equal("balanced", balanced.Model.Recipe.Data.ClassWeights);
        Assert.NotEqual(given.ParameterHash, Model.Train(table, "y", options).Model.ParameterHash);
    }

    [Fact]
    public void A_class_weight_is_the_weight_of_each_of_its_rows()
    {
        Table table = Tabular.Csv("x,w,y\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i =>
            $"{i * 37 % 23}.5,{(i % 3 == 0 ? 4 : 1)},{(i % 3 == 0 ? "a" : "b")}")));
        Assert.Equal(
            Model.Train(table, "y", Samples.Short with { RowWeights = "w" }).Model.ParameterHash,
            Model.Train(table, "y", Samples.Short with { Ignore = ["w"], ClassWeights = "a=4" }).Model.ParameterHash);
    }

    [Theory]
    [InlineData("a", "'a' in the class weights 'a' is not of the form class=weight; or say balanced.")]
    [InlineData("a=1,a=2", "'a=2' in the class weights 'a=1,a=2' is not of the form class=weight; or say balanced.")]
    [InlineData("z=1", "There is no class 'z' to weigh; the classes are setosa, versicolor, virginica.")]
    [InlineData("setosa=-1", "The weight of class 'setosa' is -1; it must be 0 or more and finite.")]
    [InlineData(
        "setosa=0,versicolor=0,virginica=0",
        "No row has a weight above 0, so there is nothing to learn from; give some rows a weight.")]
    public void Refuses_class_weights_that_are_none(string weights, string sentence) => Assert.Equal(
        sentence, Tabular.Refusal(() => Model.Train(Samples.Iris(), "species", Samples.Short with { ClassWeights = weights })));

    [Fact]
    public void Refuses_class_weights_for_numbers() => Assert.Equal(
        "Class weights are for classes, not for numbers.",
        Tabular.Refusal(() => Model.Train(Samples.Diabetes(), "progression", Samples.Short with { ClassWeights = "balanced" })));

    static Table Rows(Func<int, (double X, double Y, double W)> row) => Tabular.Csv("x,y,w\n" + string.Join('\n',
        Enumerable.Range(0, 40).Select(i => row(i)).Select(it => FormattableString.Invariant($"{it.X},{it.Y},{it.W}"))));
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class CheckGradientsTests
{
    public static TheoryData<string, string, string, Precision> Models { get; } = new()
    {
        { "iris.csv", "species", "relu", Precision.Single },
        { "iris.csv", "species", "tanh", Precision.Double },
        { "penguins.csv", "species", "2*relu+6*gelu", Precision.Single },
        { "diabetes.csv", "progression", "elu", Precision.Single },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void A_trained_network_agrees_on_its_own_data(string file, string target, string activation, Precision precision)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        Model model = Model.Train(table, target, Samples.Short with { Activations = [activation], Precision = precision }).Model;
        ModelGradientCheck check = model.CheckGradients(table);
        Assert.True(check.Passed, check.Result.ToString());
        Assert.InRange(check.Result.WorstError, 1e-18, 1e-8);
        Assert.Equal(Math.Min(200, table.RowCount), check.Rows.Count);
        Assert.Equal(table.RowCount, check.TableRows);
        Assert.Equal(check.Rows.Distinct().Order(), check.Rows);
        Assert.All(check.Rows, row => Assert.InRange(row, 0, table.RowCount - 1));
    }

    [Fact]
    public void Logistic_outputs_sums_and_several_targets_agree_and_have_names()
    {
        Table table = Tabular.Csv("x,y,z,kind\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i =>
            FormattableString.Invariant($"{i * 37 % 23 + 0.5},{i * 11 % 17},{i * 7 % 13},{(i % 3 == 0 ? "a" : "b")}"))));
        TrainOptions sum = Samples.Short with { Reduction = Reduction.Sum, LearningRate = 1e-4, Dropout = 0.3 };
        Agrees(Model.Train(table, "kind", sum with { OutputActivation = "logistic" }).Model, "b");
        Agrees(Model.Train(table, ["x", "z"], sum with { Loss = Loss.Huber(0.5) }).Model, "x", "z");

        void Agrees(Model model, params string[] outputs)
        {
            ModelGradientCheck check = model.CheckGradients(table);
            Assert.True(check.Passed, check.Result.ToString());
            GradientGroup last = check.Result.Groups[^1];
            Assert.Equal(
                outputs,
                Enumerable.Range(0, outputs.Length).Select(j => check.PlaceOf(last, new GradientDifference(0, j, 0, 0, 0))));
        }
    }

    [Fact]
    public void Places_are_named_by_features_neurons_and_rows_of_the_table()
    {
        Table iris = Samples.Iris();
        ModelGradientCheck check = Model.Train(iris, "species", Samples.Short).Model.CheckGradients(iris);
        var entry = new GradientDifference(3, 1, 0, 0, 0);
        Assert.Equal(
            ["row 4, sepal_width", "petal_width → neuron 2", "neuron 2", "neuron 4 → versicolor", "versicolor"],
            check.Result.Groups.Select(group => check.PlaceOf(group, entry)));
    }

    [Fact]
    public void Weights_of_rows_count_where_the_table_has_them()
    {
        // Rows of weight 2 and 1 are those of weight 1 of which some are there twice.
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"{i * 37 % 23}.5,{i * 11 % 17}")];
        string Twice(int i) => i % 4 == 0 ? rows[i] + ",1\n" + rows[i] : rows[i];
        Table weighted = Tabular.Csv("x,y,w\n" + string.Join('\n', rows.Select((row, i) => $"{row},{(i % 4 == 0 ? 2 : 1)}")));
        Table repeated = Tabular.Csv("x,y,w\n" + string.Join('\n', rows.Select((_, i) => Twice(i) + ",1")));
        Table without = Tabular.Csv("x,y\n" + string.Join('\n', rows));
        Model model = Model.Train(weighted, "y", Samples.Short with { RowWeights = "w", Task = TaskKind.Regress }).Model;
        double[] Scales(Table table) => [.. model.CheckGradients(table).Result.Groups.Skip(1).Select(group => group.Scale)];

        double[] expected = Scales(repeated);
        Assert.All(Scales(weighted).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12 * pair.Second));
        Assert.All(Scales(without).Zip(expected), pair => Assert.NotEqual(pair.Second, pair.First, 1e-3 * pair.Second));
    }

    [Fact]
    public void Weights_of_classes_count()
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", Samples.Short with { ClassWeights = "setosa=0" }).Model;
        ModelGradientCheck check = model.CheckGradients(iris, new GradientCheckOptions { Samples = 0 });
        Assert.True(check.Passed, check.Result.ToString());

        // Rows of weight 0 are like no rows, but for the mean over all of them, to which weights are scaled.
        Table others = Tabular.Csv(Samples.Csv(iris, Enumerable.Range(50, 100)));
        ModelGradientCheck only = model.CheckGradients(others, new GradientCheckOptions { Samples = 0 });
        foreach ((GradientGroup all, GradientGroup some) in check.Result.Groups.Zip(only.Result.Groups).Skip(1))
            Assert.Equal(some.Scale, all.Scale, 1e-12 * some.Scale);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_activation_of_ones_own_is_checked_within_its_network(bool isHasty)
    {
        Table iris = Samples.Iris();
        var swish = Activation.Of(new HastySwish(isHasty));
        var options = new TrainOptions
        {
            Layers = [6, 5],
            Activations = ["tanh", "4*tanh+1*swish"],
            OwnActivations = [swish],
            Epochs = 3,
        };
        Model model = Model.Train(iris, "species", options).Model;
        using var folder = new ScratchFolder();
        model.Save(Path.Combine(folder.Path, "m.onnx"));
        var loaded = Model.Load(Path.Combine(folder.Path, "m.onnx"), swish);
        foreach (ModelGradientCheck check in new[] { model.CheckGradients(iris), loaded.CheckGradients(iris) })
        {
            Assert.Equal(!isHasty, check.Passed);
            Assert.Equal(
                isHasty ? [false, false, false, false, false, true, true] : Enumerable.Repeat(true, 7),
                check.Result.Groups.Select(group => group.Passed));
            if (isHasty)
                Assert.Equal("neuron 5", check.PlaceOf(check.Result.Groups[4], check.Result.Groups[4].Worst!.Value));
        }
    }

    [Fact]
    public void Rows_are_drawn_by_the_seed()
    {
        Table penguins = Samples.Penguins();
        Model model = Model.Train(penguins, "species", Samples.Short).Model;
        IReadOnlyList<int> Rows(ulong seed) => model.CheckGradients(penguins, new GradientCheckOptions { Seed = seed }).Rows;
        Assert.Equal(Rows(1), Rows(1));
        Assert.NotEqual(Rows(1), Rows(2));
    }

    [Fact]
    public void Refuses_in_a_sentence_what_cannot_be_checked()
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", Samples.Short).Model;
        Assert.Equal(
            "The tolerance must be a positive number; it is 0.",
            Tabular.Refusal(() => model.CheckGradients(iris, new GradientCheckOptions { Tolerance = 0 })));
        Assert.Equal(
            "The samples must be 1 or more for each tensor, or 0 for all; they are -1.",
            Tabular.Refusal(() => model.CheckGradients(iris, new GradientCheckOptions { Samples = -1 })));
        Assert.Contains("no column", Tabular.Refusal(() => model.CheckGradients(Samples.Diabetes())), StringComparison.Ordinal);
        Table unknown = Tabular.Csv(Samples.Csv(iris, [0, 1]).Replace("setosa", "rosa", StringComparison.Ordinal));
        Assert.Contains("'rosa'", Tabular.Refusal(() => model.CheckGradients(unknown)), StringComparison.Ordinal);
    }
}

using Xunit;

namespace Backprop.Tests;

/// <summary>Rows count by their weights in every figure, and rows of weight 0 not at all.</summary>
public sealed class WeightedFiguresTests
{
    static readonly TrainOptions s_options = new()
    {
        Layers = [6],
        Epochs = 30,
        Patience = 3,
        Seed = 4,
        RowWeights = "w",
        Test = 0.2,
    };

    [Theory]
    [InlineData("kind", "loss")]
    [InlineData("kind", "accuracy")]
    [InlineData("kind", "f1")]
    [InlineData("size", "rmse")]
    public void Rows_of_weight_0_change_no_figure_and_no_choice(string target, string metric)
    {
        // The others have a category, a spelling of yes, a class and missing cells of their own.
        var random = new Random(7);
        string[] rows = [.. Enumerable.Range(0, 120).Select(_ => Row(random, 1 + random.Next(3)))];
        string[] zeros = ["1,violet,yes,c,9e9,0", ",,YES,c,-5,0", "0.5,red,No,a,,0", ",red,no,,3,0"];
        IEnumerable<string> mixed = rows.Select((row, i) => i % 4 == 1 ? $"{zeros[i / 4 % 4]}\n{row}" : row);
        TrainOptions options = s_options with { Metric = metric, Ignore = [target == "kind" ? "size" : "kind"] };
        TrainedModel with = Model.Train(Csv(mixed), target, options), without = Model.Train(Csv(rows), target, options);
        Assert.Equal((30, 0), (with.ZeroWeightRows, without.ZeroWeightRows));
        Assert.Equal((150, 120), (with.Rows, without.Rows));
        Assert.Equal(without.TrainingRows, with.TrainingRows);
        Assert.Equal(without.BestEpoch, with.BestEpoch);
        Assert.Equal(without.Model.ParameterHash, with.Model.ParameterHash);
        Assert.Equal(without.Model.ModelHash, with.Model.ModelHash);
        Assert.Equal(without.Validation!.Values, with.Validation!.Values);
        Assert.Equal(without.Test!.Values, with.Test!.Values);
        Assert.Equal("w", with.Test.WeightedBy);
        Assert.Equal(Samples.Bytes(without.Model), Samples.Bytes(with.Model));
        Assert.Contains("30 rows of weight 0 in column 'w' are left out.", with.Notes);
        Assert.Equal(
            without.Notes, with.Notes.Except(["30 rows of weight 0 in column 'w' are left out."], StringComparer.Ordinal));
        Assert.True(without.Model.Reproduce(Csv(mixed)).IsReproduced);
    }

    [Fact]
    public void A_weight_of_two_counts_like_a_row_there_twice()
    {
        var random = new Random(3);
        string[] once = [.. Enumerable.Range(0, 60).Select(_ => Row(random, 1))];
        string[] weighted = [.. once.Select((row, i) => i % 3 == 0 ? row[..^1] + "2" : row)];
        string[] twice = [.. once.SelectMany((row, i) => Enumerable.Repeat(row, i % 3 == 0 ? 2 : 1))];
        Model model = Model.Train(Csv(once), "kind", s_options with { Ignore = ["size"] }).Model;
        (Evaluation one, Evaluation other) = (model.Evaluate(Csv(weighted)), model.Evaluate(Csv(twice)));
        Assert.Equal((60L, 80L), (one.Rows, other.Rows));
        foreach ((KeyValuePair<string, double?> a, KeyValuePair<string, double?> b) in one.Values.Zip(other.Values))
            Assert.Equal(b.Value!.Value, a.Value!.Value, 1e-12);
        Assert.Equal(other.Classes!.BaselineAccuracy!.Value, one.Classes!.BaselineAccuracy!.Value, 1e-12);
        Assert.Equal(other.Classes.Confusion.SelectMany(row => row), one.Classes.Confusion.SelectMany(row => row));
    }

    [Fact]
    public void The_baseline_is_the_weighted_mean_of_the_training_rows()
    {
        Table table = Csv(Enumerable.Range(0, 20)
            .Select(i => FormattableString.Invariant($"{i % 7}.5,red,no,a,{(i < 10 ? 1 : 5)}.5,{(i < 10 ? 3 : 1)}")));
        TrainedModel trained = Model.Train(
            table, "size", s_options with { Ignore = ["kind"], Test = null, Validation = 0, Task = TaskKind.Regress });
        Assert.Equal("2.5", trained.Model.Core.Metadata[Model.BaselineKey]);
        double variance = (3 * 1 + 1 * 9) / 4.0;
        Assert.Equal(Math.Sqrt(variance), trained.Model.Evaluate(table).Numbers!.BaselineRmse!.Value, 1e-12);
    }

    [Fact]
    public void Evaluating_leaves_out_rows_of_weight_0_and_counts_each_row_once_without_the_column()
    {
        var random = new Random(5);
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => Row(random, i % 2))];
        Table table = Csv(rows);
        Model model = Model.Train(table, "kind", s_options with { Ignore = ["size"], Test = null }).Model;
        Evaluation weighted = model.Evaluate(table);
        Assert.Equal((20L, 20, "w"), (weighted.Rows, weighted.ZeroWeightRows, weighted.WeightedBy));
        Evaluation plain = model.Evaluate(Tabular.Csv(
            "x,colour,flag,kind,size\n" + string.Join('\n', rows.Select(row => row[..row.LastIndexOf(',')]))));
        Assert.Equal((40L, 0, null), (plain.Rows, plain.ZeroWeightRows, plain.WeightedBy));
    }

    [Fact]
    public void Weights_count_in_tables_of_their_own_where_they_have_them()
    {
        var random = new Random(9);
        Table training = Csv(Enumerable.Range(0, 60).Select(_ => Row(random, 1)));
        string[] held = [.. Enumerable.Range(0, 30).Select(i => Row(random, i % 3))];
        Table counting = Csv(held.Where((_, i) => i % 3 > 0));
        TrainOptions options = s_options with { Ignore = ["size"], Test = null, Metric = "accuracy" };
        TrainedModel all = Model.Train(training, "kind", options with { ValidationTable = Csv(held), TestTable = Csv(held) });
        TrainedModel some = Model.Train(training, "kind", options with { ValidationTable = counting, TestTable = counting });
        Assert.Equal(20, all.ZeroWeightRows);
        Assert.Equal(some.Model.ModelHash, all.Model.ModelHash);
        Assert.Equal(some.Validation!.Values, all.Validation!.Values);
        Assert.Equal(some.Test!.Values, all.Test!.Values);
        Table without = Tabular.Csv(
            "x,colour,flag,kind,size\n" + string.Join('\n', held.Select(row => row[..row.LastIndexOf(',')])));
        TrainedModel plain = Model.Train(training, "kind", options with { TestTable = without });
        Assert.Contains("data.csv has no column 'w', so each of its rows counts once.", plain.Notes);
        Assert.Equal((30L, null), (plain.Test!.Rows, plain.Test.WeightedBy));
    }

    [Fact]
    public void A_table_without_a_row_that_counts_is_refused() => Assert.Equal(
        "No row of data.csv has a weight above 0 in column 'w', so none counts; give some rows a weight.",
        Tabular.Refusal(() => Model.Train(Csv(["1,red,no,a,1,0", "2,red,no,b,1,0"]), "kind", s_options)));

    [Fact]
    public void A_model_of_version_1_is_trained_again_by_its_arithmetic()
    {
        var random = new Random(11);
        Table table = Csv(Enumerable.Range(0, 80).Select(i => Row(random, i % 3)));
        TrainOptions options = s_options with { Ignore = ["size"], Metric = "accuracy" };
        Model first = Model.Train(table, "kind", options with { Contract = new NumericContract(1) }).Model;
        Assert.Equal(1, first.NumericVersion);
        Assert.NotEqual(first.ParameterHash, Model.Train(table, "kind", options).Model.ParameterHash);
        Assert.DoesNotContain("f1", first.Training.Validation!.Keys);
        Reproduction again = first.Reproduce(table);
        Assert.Null(again.Difference);
        Assert.Equal(first.ModelHash, again.ModelHash);
    }

    static string Row(Random random, int weight)
    {
        double x = Math.Round(random.NextDouble() * 4, 3);
        string colour = random.Next(3) switch { 0 => "red", 1 => "green", _ => "blue" };
        string flag = random.Next(2) == 0 ? "yes" : "no";
        string kind = x + random.NextDouble() > 2.5 ? "b" : "a";
        return FormattableString.Invariant(
            $"{(random.Next(6) == 0 ? "" : $"{x}")},{colour},{flag},{kind},{x * x + random.Next(3) + 0.25:F3},{weight}");
    }

    static Table Csv(IEnumerable<string> rows) => Tabular.Csv("x,colour,flag,kind,size,w\n" + string.Join('\n', rows));
}

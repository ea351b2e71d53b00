using System.Collections.Immutable;
using Backprop.Onnx.Proto;
using Xunit;

namespace Backprop.Tests;

/// <summary>ONNX Runtime, given a finished model's file and raw columns, predicts what the library predicts.</summary>
public sealed class OnnxAgreementTests
{
    const double Tolerance = 1e-5;

    static readonly TrainOptions s_twoActivations = new() { Activations = ["8*tanh+8*relu"], Epochs = 20 };

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Iris_is_classified_alike(Precision precision) => Check(
        Samples.Iris(), "species", precision,
        new TrainOptions { Epochs = 20 },
        s_twoActivations,
        new TrainOptions { Layers = [], Epochs = 20 },
        new TrainOptions { Layers = [5], Bias = false, Epochs = 20 },
        new TrainOptions { Encode = EncodeKind.None, Layers = [6], Activations = ["gelu"], Validation = 0.2, Epochs = 20 },
        new TrainOptions { OutputActivation = "logistic", Layers = [6], Epochs = 20 });

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Penguins_with_missing_cells_and_categories_never_seen_are_classified_alike(Precision precision)
    {
        Check(
            Penguins(), "species", precision, new TrainOptions { Epochs = 5 }, s_twoActivations,
            new TrainOptions { Layers = [], Epochs = 5 });
        Check(
            Penguins(where: row => row.Sex.Length > 0), "sex", precision,
            new TrainOptions { OutputActivation = "logistic", Layers = [8], Epochs = 10 },
            new TrainOptions { Layers = [8], Bias = false, Epochs = 10 });
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Diabetes_is_estimated_alike(Precision precision)
    {
        Check(
            Samples.Diabetes(), "progression", precision,
            new TrainOptions { Epochs = 5 },
            s_twoActivations,
            new TrainOptions { Layers = [], Epochs = 5 },
            new TrainOptions { Layers = [8], Bias = false, Epochs = 5 });

        // Numbers as they are: totals of a hundred or so lose some places of a float in a sum.
        Check(
            Samples.Diabetes(), "progression", precision,
            new TrainOptions { Encode = EncodeKind.None, Layers = [8], Activations = ["tanh"], Validation = 0.2, Epochs = 5 });
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Several_numbers_are_estimated_alike(Precision precision) => Check(
        Samples.Diabetes(), ["progression", "glucose"], precision, new TrainOptions { Layers = [8], Epochs = 5 });

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Yes_and_no_in_a_typed_table_are_taken_alike(Precision precision)
    {
        Visit[] visits = [.. Enumerable.Range(0, 60).Select(i => new Visit(
            i % 7 == 0 ? null : i * 37 % 41, i % 5 == 0 ? null : i % 3 == 0, (Ward)(i * 7 % 3), i % 3 == 0 || i % 4 == 1))];
        Check(Table.From(visits), "Returned", precision, new TrainOptions { Layers = [6], Epochs = 10 });
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Times_and_their_like_are_taken_and_estimated_alike(Precision precision) => Check(
        Tabular.Csv("start,size,end\n" + string.Join('\n', Enumerable.Range(0, 60).Select(
            i => (i % 7 == 0 ? "" : FormattableString.Invariant($"{1.7e9 + i * 37 % 41:R}"))
                + FormattableString.Invariant($",{i % 9},{1.7e9 + i * 37 % 41 + i % 9 * 0.25:R}")))),
        "end", precision, new TrainOptions { Layers = [6], Epochs = 10, Task = TaskKind.Regress });

    [Fact]
    public void Columns_may_be_named_like_the_parts_of_the_model()
    {
        string[] names =
            ["label", "probabilities", "prediction", "W1", "layer1.weights", "features", "a b/c:d", "größe", "x.y", "label_1"];
        string header = string.Join(',', names) + ",target\n";
        IEnumerable<string> rows = Enumerable.Range(0, 40).Select(
            i => string.Join(',', names.Select((_, k) => (i * (k + 3) * 13 % 37) + 0.5)) + (i % 2 == 0 ? ",up" : ",down"));
        Check(
            Tabular.Csv(header + string.Join('\n', rows)), "target", Precision.Single,
            new TrainOptions { Layers = [4], Epochs = 5 });
    }

    static void Check(Table table, string target, Precision precision, params TrainOptions[] all) =>
        Check(table, [target], precision, all);

    static void Check(Table table, string[] targets, Precision precision, params TrainOptions[] all)
    {
        using var folder = new ScratchFolder();
        // Where numbers are taken as they are, nothing stands for a missing one.
        Table seenAndNot = WithRowsNeverSeen(table);
        var models = new List<(Model Model, Table Rows)>();
        var jobs = new List<OnnxRuntime.Job>();
        foreach (TrainOptions options in all)
        {
            string path = Path.Combine(folder.Path, $"{models.Count}.onnx");
            Model.Train(table, targets, options with { Precision = precision, Seed = 1, LearningRate = 0.01 }).Model.Save(path);
            var model = Model.Load(path);
            Table rows = options.Encode == EncodeKind.None ? table : seenAndNot;
            models.Add((model, rows));
            byte[] bytes = File.ReadAllBytes(path);
            jobs.Add(new OnnxRuntime.Job(
                bytes, Inputs(model, ModelProto.Parser.ParseFrom(bytes), rows, precision), rows.RowCount));
        }

        Dictionary<string, OnnxRuntime.Output>[] outputs = OnnxRuntime.Run(jobs);
        for (int i = 0; i < models.Count; i++)
            Compare(models[i].Model.Predict(models[i].Rows), outputs[i], table, targets);
    }

    static void Compare(
        Predictions expected, Dictionary<string, OnnxRuntime.Output> outputs, Table table, string[] targets)
    {
        if (expected.Classes.IsEmpty)
        {
            double[] deviations = [.. targets.Select(name => Deviation(Tabular.Numbers(table[name])))];
            double[] numbers = outputs["prediction"].Numbers;
            Assert.Equal([expected.Count, targets.Length], outputs["prediction"].Dimensions);
            for (int i = 0; i < numbers.Length; i++)
                Assert.Equal(
                    expected.Row(i / targets.Length)[i % targets.Length], numbers[i], Tolerance * deviations[i % targets.Length]);
            return;
        }

        ImmutableArray<string> classes = expected.Classes;
        Assert.Equal([expected.Count, classes.Length], outputs["probabilities"].Dimensions);
        for (int row = 0; row < expected.Count; row++)
        {
            double[] own = expected.Row(row).ToArray();
            for (int k = 0; k < own.Length; k++)
                Assert.Equal(own[k], outputs["probabilities"].Numbers[row * own.Length + k], Tolerance);
            double[] sorted = [.. own.OrderDescending()];
            if (sorted[0] - sorted[1] > Tolerance)
                Assert.Equal(expected.Label(row), outputs["label"].Texts[row]);
        }

        Assert.True(outputs["label"].Texts.Distinct(StringComparer.Ordinal).Count() > 1, "All rows are of one class.");
    }

    static double Deviation(double[] numbers)
    {
        double mean = numbers.Average();
        return Math.Sqrt(numbers.Average(x => (x - mean) * (x - mean)));
    }

    /// <summary>
    /// What somebody without Backprop gives ONNX Runtime: each column by its name, NaN and "" where a cell is missing.
    /// </summary>
    static Dictionary<string, object> Inputs(Model model, ModelProto file, Table rows, Precision precision)
    {
        var inputs = new Dictionary<string, object>(StringComparer.Ordinal);
        var columns = model.Core.Encoder.Columns;
        for (int k = 0; k < columns.Length; k++)
        {
            // A column named like a part of the graph has an addition to its name there.
            string name = columns[k].Name, input = file.Graph.Input[k].Name;
            Assert.Contains(input, new[] { name, name + " (input)" });
            bool isSingle = precision == Precision.Single && columns[k].Operations is not [InDouble, ..];
            inputs[input] = (columns[k].TakesText, isSingle) switch
            {
                (true, _) => Tabular.Texts(rows[name]),
                (_, true) => Array.ConvertAll(Tabular.Numbers(rows[name]), x => (float)x),
                _ => Tabular.Numbers(rows[name]),
            };
        }

        return inputs;
    }

    /// <summary>All rows, rows of categories that no training row has, and one row where every cell is missing.</summary>
    static Table WithRowsNeverSeen(Table table)
    {
        IEnumerable<string> Row(Func<Column, string> cell) => [string.Join(',', table.Columns.Select(cell))];
        IEnumerable<string> more = new[] { "never seen", "größer", "?!" }
            .SelectMany(unseen => Row(column => column.Kind == ColumnKind.Category ? unseen : column.Text(0)))
            .Concat(Row(_ => ""));
        return Tabular.Csv(Samples.Csv(table, Enumerable.Range(0, table.RowCount)) + string.Join('\n', more) + "\n");
    }

    static Table Penguins(Func<(string Species, string Sex), bool>? where = null)
    {
        Table all = Samples.Penguins();
        IEnumerable<int> rows = Enumerable.Range(0, all.RowCount)
            .Where(row => where?.Invoke((all["species"].Text(row), all["sex"].Text(row))) ?? true);
        return Tabular.Csv(Samples.Csv(all, rows));
    }

    enum Ward
    {
        North,
        South,
        East,
    }

    sealed record Visit(double? Age, bool? Insured, Ward Ward, bool Returned);
}

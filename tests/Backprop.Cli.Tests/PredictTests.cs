using System.Globalization;
using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class PredictTests : IDisposable
{
    readonly Command _command = new();

    public PredictTests()
    {
        _command.Write("train.csv", "id,size,colour,kind\nA1,1.50,red,small\nB2,2,\"dark, "
            + "blue\",big\nC3,3,red,small\nD4,4.0,green,big\nE5,5,green,big\n");
        _command.Run("train", "train.csv", "--target", "kind", "--ignore", "id", "--validation", "0", "--epochs", "5", "--out",
            "m.onnx").Succeeded();
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Writes_the_label_and_a_probability_for_each_class()
    {
        string[] lines = Lines("predict", "m.onnx", "train.csv");
        Assert.Equal("prediction,probability_big,probability_small", lines[0]);
        Assert.Equal(6, lines.Length);
        foreach (string line in lines[1..])
        {
            string[] cells = line.Split(',');
            double[] probabilities = [.. cells[1..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(1, probabilities.Sum(), 1e-6);
            Assert.Equal(probabilities[0] >= probabilities[1] ? "big" : "small", cells[0]);
        }
    }

    [Fact]
    public void Kept_columns_stand_in_front_with_their_text_as_it_was()
    {
        _command.Run("predict", "m.onnx", "train.csv", "--keep", "colour,size", "--keep", "id", "--out", "p.csv").Succeeded();
        string[] lines = File.ReadAllLines(_command["p.csv"]);
        Assert.StartsWith("colour,size,id,prediction,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("red,1.50,A1,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"dark, blue\",2,B2,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("green,4.0,D4,", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_no_target_and_no_columns_that_are_not_learnt_from()
    {
        _command.Write("new.csv", "colour,size\nred,1.5\nnever seen,2\n?,\n");
        string[] lines = Lines("predict", "m.onnx", "new.csv");
        Assert.Equal(4, lines.Length);
        Assert.Equal(Lines("predict", "m.onnx", "train.csv")[1], lines[1]);
    }

    [Fact]
    public void Reads_standard_input_and_gives_json()
    {
        CommandResult result = _command.RunWithInput("size,colour\n1.5,red\n"u8.ToArray(), "predict", "m.onnx", "-",
            "--json").Succeeded();
        JsonElement row = result.Json.GetProperty("predictions")[0];
        Assert.Equal(1, result.Json.GetProperty("rows").GetInt32());
        Assert.Equal(
            1,
            row.GetProperty("probabilities").GetProperty("big").GetDouble()
                + row.GetProperty("probabilities").GetProperty("small").GetDouble(),
            1e-6);
    }

    [Fact]
    public void Evaluates_with_every_metric_that_is_promised()
    {
        JsonElement json = _command.Run("evaluate", "m.onnx", "train.csv", "--json").Succeeded().Json;
        Assert.Equal(5, json.GetProperty("rows").GetInt32());
        foreach (string metric in new[] { "accuracy", "balancedAccuracy", "logLoss", "auc", "averagePrecision" })
            Assert.Equal(JsonValueKind.Number, json.GetProperty(metric).ValueKind);
        JsonElement first = json.GetProperty("perClass")[0];
        Assert.Equal("big", first.GetProperty("class").GetString());
        foreach (string score in new[] { "precision", "recall", "f1" })
            Assert.Equal(JsonValueKind.Number, first.GetProperty(score).ValueKind);
        Assert.Equal(
            5, json.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(cell => cell.GetInt32())));
    }

    [Fact]
    public void Evaluates_numbers_with_every_metric_that_is_promised()
    {
        _command.Run("train", "sample:diabetes", "--target", "progression", "--epochs", "1", "--out", "d.onnx").Succeeded();
        JsonElement json = _command.Run("evaluate", "d.onnx", "sample:diabetes", "--json").Succeeded().Json;
        Assert.Equal(442, json.GetProperty("rows").GetInt32());
        foreach (string metric in new[] { "rmse", "mae", "mape", "r2", "baselineRmse" })
            Assert.Equal(JsonValueKind.Number, json.GetProperty(metric).ValueKind);
        Assert.Equal("prediction", Lines("predict", "d.onnx", "sample:diabetes")[0]);
    }

    [Fact]
    public void Evaluate_prints_a_score_and_a_confusion_matrix_within_80_columns()
    {
        CommandResult result = _command.Run("evaluate", "m.onnx", "train.csv").Succeeded();
        Assert.Contains("train.csv: accuracy", result.Output, StringComparison.Ordinal);
        Assert.Contains("recall", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output.Split('\n').Skip(3), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Info_shows_columns_classes_hashes_and_recipe()
    {
        JsonElement json = _command.Run("info", "m.onnx", "--json").Succeeded().Json;
        Assert.Equal("[\"size\",\"colour\"]", json.GetProperty("columns").GetRawText());
        Assert.Equal("[\"big\",\"small\"]", json.GetProperty("classes").GetRawText());
        Assert.Equal(64, json.GetProperty("modelHash").GetString()!.Length);
        Assert.Equal("single", json.GetProperty("recipe").GetProperty("precision").GetString());
        string text = _command.Run("info", "m.onnx").Succeeded().Output;
        Assert.Contains("Parameter hash " + json.GetProperty("parameterHash").GetString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_data_without_a_column_of_the_model()
    {
        _command.Write("new.csv", "size,color\n1,red\n");
        string sentence = _command.Of("predict", "m.onnx", "new.csv", "--out", "p.csv");
        Assert.Contains("'colour'", sentence, StringComparison.Ordinal);
        Assert.Contains("did you mean 'color'?", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Kept_columns_never_have_the_name_of_another()
    {
        _command.Write("odd.csv", "size,colour,prediction,probability_big,kind\n1,red,7,8,x\n");
        CommandResult csv = _command.Run(
            "predict", "m.onnx", "odd.csv", "--keep", "prediction,size,probability_big,size").Succeeded();
        Assert.Equal(
            "prediction (input),size,probability_big (input),prediction,probability_big,probability_small",
            csv.Output.Split('\n')[0]);
        Assert.Equal(
            [
                "The kept column 'prediction' is written as 'prediction (input)', since the prediction has its name.",
                "The kept column 'probability_big' is written as 'probability_big (input)', since the prediction has its name.",
            ],
            csv.ErrorLines);

        CommandResult json = _command.Run("predict", "m.onnx", "odd.csv", "--keep", "kind", "--json").Succeeded();
        JsonElement row = json.Json.GetProperty("predictions")[0];
        Assert.Equal("x", row.GetProperty("kind (input)").GetString());
        Assert.Contains(row.GetProperty("kind").GetString(), new[] { "big", "small" });
        Assert.Equal(
            "The kept column 'kind' is written as 'kind (input)', since the prediction has its name.",
            Assert.Single(json.ErrorLines));
    }

    [Fact]
    public void A_header_without_rows_gives_a_header_without_rows()
    {
        _command.Write("none.csv", "size,colour\n");
        Assert.Equal(
            "prediction,probability_big,probability_small\n", _command.Run("predict", "m.onnx", "none.csv").Succeeded().Output);
        Assert.Equal(
            "none.csv has a header line but no rows.", _command.Of("train", "none.csv", "--target", "size"));
    }

    [Fact]
    public void Refuses_to_overwrite_its_own_input()
    {
        Assert.Contains("same file", _command.Of("predict", "m.onnx", "train.csv", "--out", "./train.csv"),
            StringComparison.Ordinal);
        Assert.Contains("same file", _command.Of("predict", "m.onnx", "train.csv", "--out", "m.onnx"), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_refuses_a_class_that_the_model_does_not_know()
    {
        _command.Write("new.csv", "size,colour,kind\n1,red,small\n2,red,huge\n");
        string sentence = _command.Of("evaluate", "m.onnx", "new.csv");
        Assert.Contains("'huge'", sentence, StringComparison.Ordinal);
        Assert.Contains("in line 3", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_truncated_model_and_what_is_no_model()
    {
        byte[] model = File.ReadAllBytes(_command["m.onnx"]);
        _command.Write("cut.onnx", model[..(model.Length / 2)]);
        _command.Write("text.onnx", "this is no model");
        _command.Write("elsewhere.onnx", Backprop.Tests.Foreign.Mixed());
        foreach (string verb in new[] { "evaluate", "predict" })
        {
            Assert.Contains("cut.onnx", _command.Of(verb, "cut.onnx", "train.csv"), StringComparison.Ordinal);
            Assert.Contains("text.onnx", _command.Of(verb, "text.onnx", "train.csv"), StringComparison.Ordinal);
            Assert.Contains("not a model of Backprop", _command.Of(verb, "elsewhere.onnx", "train.csv"),
                StringComparison.Ordinal);
            Assert.Contains("gone.onnx", _command.Of(verb, "gone.onnx", "train.csv"), StringComparison.Ordinal);
        }

        Assert.Contains("cut.onnx", _command.Of("info", "cut.onnx"), StringComparison.Ordinal);
    }

    string[] Lines(params string[] arguments) =>
        _command.Run(arguments).Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

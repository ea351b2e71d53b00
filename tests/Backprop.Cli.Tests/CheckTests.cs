using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("iris", "species", 150, "150 rows")]
    [InlineData("penguins", "species", 344, "200 of 344 rows, seed 0")]
    [InlineData("diabetes", "progression", 442, "200 of 442 rows, seed 0")]
    public void Gradients_of_trained_models_agree_within_100_columns(string sample, string target, int rows, string said)
    {
        Train(sample, target);
        CommandResult result = _command.Run("check", "m.onnx", $"sample:{sample}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith($"sample:{sample}: {said}; ", lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        Assert.StartsWith("GRADIENTS AGREE: worst error ", lines[^1], StringComparison.Ordinal);
        string[] tensors = ["inputs ", "layer 1 weights ", "layer 1 biases ", "layer 2 weights ", "layer 2 biases "];
        Assert.Equal(
            tensors, lines[4..9].Select((line, i) => line[..Math.Min(line.Length, tensors[i].Length)]));

        JsonElement json = _command.Run("check", "m.onnx", $"sample:{sample}", "--json").Succeeded().Json;
        Assert.True(json.GetProperty("passed").GetBoolean());
        Assert.Equal(rows, json.GetProperty("tableRows").GetInt32());
        Assert.Equal(Math.Min(rows, 200), json.GetProperty("rows").GetArrayLength());
        Assert.InRange(json.GetProperty("worstError").GetDouble(), 1e-18, 1e-8);
        JsonElement[] found = [.. json.GetProperty("tensors").EnumerateArray()];
        Assert.Equal(tensors.Length, found.Length);
        Assert.Equal(
            json.GetProperty("checked").GetInt32(), found.Sum(tensor => tensor.GetProperty("checked").GetInt32()));
        Assert.Equal(
            json.GetProperty("worstError").GetDouble(),
            found.Max(tensor => tensor.GetProperty("worst").GetProperty("error").GetDouble()));
    }

    [Fact]
    public void Tensors_of_every_kind_of_layer_are_checked_and_named()
    {
        _command.Run(
            "train", "sample:penguins", "--target", "species", "--layers", "embed:width=2,4,batchnorm,layernorm,3,scale",
            "--epochs", "2", "--seed", "1",
            "--out", "m.onnx").Succeeded();
        string[] lines = _command.Run(
            "check", "m.onnx", "sample:penguins", "--samples", "0").Succeeded().Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        Assert.Equal(
            [
                "inputs", "layer 1 table 1", "layer 1 table 2", "layer 2 weights", "layer 2 biases", "layer 3 factors",
                "layer 3 biases", "layer 4 factors", "layer 4 biases", "layer 5 weights", "layer 5 biases", "layer 6 factors",
                "layer 7 weights",
                "layer 7 biases",
            ],
            lines[4..^2].Select(line => line[..16].Trim()));
        Assert.Matches("(island|sex)(=[A-Za-z]+…?| is unkn(own|…)) → number [12]", lines[5]);
        JsonElement json = _command.Run("check", "m.onnx", "sample:penguins", "--json").Succeeded().Json;
        Assert.Equal("table1", json.GetProperty("tensors")[1].GetProperty("tensor").GetString());
        Assert.Equal("factors", json.GetProperty("tensors")[5].GetProperty("tensor").GetString());
    }

    [Fact]
    public void Above_the_tolerance_the_exit_code_is_1()
    {
        Train("iris", "species");
        CommandResult result = _command.Run("check", "m.onnx", "sample:iris", "--tolerance", "1e-20");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("\nGRADIENTS DO NOT AGREE: worst error ", result.Output, StringComparison.Ordinal);
        CommandResult json = _command.Run("check", "m.onnx", "sample:iris", "--tolerance", "1e-20", "--json");
        Assert.Equal(1, json.ExitCode);
        Assert.False(json.Json.GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void Samples_and_seed_say_what_is_checked_and_the_same_command_says_the_same()
    {
        Train("penguins", "species");
        string Run(params string[] flags) => _command.Run(["check", "m.onnx", "sample:penguins", .. flags]).Succeeded().Output;
        Assert.Contains(" 7 of 120 ", Run("--samples", "7"), StringComparison.Ordinal);
        Assert.Contains(" 120 of 120 ", Run("--samples", "0"), StringComparison.Ordinal);
        Assert.Equal(Run("--seed", "5", "--samples", "7"), Run("--seed", "5", "--samples", "7"));
        Assert.NotEqual(Run("--seed", "5", "--samples", "7"), Run("--seed", "6", "--samples", "7"));
    }

    [Fact]
    public void A_network_at_its_kinks_is_said_to_be_unchecked()
    {
        // One step with a learning rate of 0 and weights of 0 leaves every relu at u = 0.
        _command.Run(
            "train", "sample:iris", "--target", "species", "--layers", "4", "--activation", "relu", "--initializer", "zeros",
            "--epochs", "1", "--learning-rate", "1e-300", "--optimizer", "sgd", "--validation", "0",
            "--out", "m.onnx").Succeeded();
        CommandResult result = _command.Run("check", "m.onnx", "sample:iris");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nothing to compare", result.Output, StringComparison.Ordinal);
        Assert.Contains("GRADIENTS DO NOT AGREE", result.Output, StringComparison.Ordinal);
        Assert.Contains("with a kink (as of relu at 0) within the smallest step", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_rows_may_be_in_the_data_or_not()
    {
        string rows = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i * 37 % 23}.5,{i * 11 % 17}.5,{1 + i % 3}"));
        _command.Write("w.csv", $"x,y,w\n{rows}\n");
        _command.Write("no.csv", "x,y\n1.5,2.5\n2.5,0.5\n");
        _command.Run(
            "train", "w.csv", "--target", "y", "--row-weights", "w", "--layers", "4", "--activation", "tanh", "--epochs", "2",
            "--out", "m.onnx").Succeeded();
        _command.Run("check", "m.onnx", "w.csv").Succeeded();
        _command.Run("check", "m.onnx", "no.csv").Succeeded();
    }

    [Theory]
    [InlineData("--samples is a whole number of 0 or more, not 'many'.", "--samples", "many")]
    [InlineData("--samples is a whole number of 0 or more, not '-1'.", "--samples", "-1")]
    [InlineData("--tolerance is a positive number, not '0'.", "--tolerance", "0")]
    [InlineData("--tolerance is a number such as 0.01, not 'x'.", "--tolerance", "x")]
    [InlineData("--seed is a whole number from 0 to 18446744073709551615, not '-3'.", "--seed", "-3")]
    [InlineData("There is no flag --sample; did you mean --samples? Try backprop check --help.", "--sample", "3")]
    public void Refuses_flags_that_mean_nothing(string sentence, params string[] flags)
    {
        Train("iris", "species");
        Assert.Equal(sentence, _command.Of(["check", "m.onnx", "sample:iris", .. flags]));
    }

    [Fact]
    public void Refuses_another_table_and_what_is_no_model()
    {
        Train("iris", "species");
        _command.Write("text.onnx", "this is no model");
        _command.Write("unknown.csv", "sepal_length,sepal_width,petal_length,petal_width,species\n1,2,3,4,rosa\n");
        Assert.Contains("sepal_length", _command.Of("check", "m.onnx", "sample:diabetes"), StringComparison.Ordinal);
        Assert.Contains("'rosa'", _command.Of("check", "m.onnx", "unknown.csv"), StringComparison.Ordinal);
        Assert.Contains("gone.csv", _command.Of("check", "m.onnx", "gone.csv"), StringComparison.Ordinal);
        Assert.Contains("text.onnx", _command.Of("check", "text.onnx", "sample:iris"), StringComparison.Ordinal);
        Assert.Contains("needs MODEL and DATA", _command.Of("check"), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_has_an_example() => Assert.Contains(
        "backprop check iris.onnx sample:iris", _command.Run("check", "--help").Succeeded().Output, StringComparison.Ordinal);

    void Train(string sample, string target) => _command.Run(
        "train", $"sample:{sample}", "--target", target, "--layers", "8", "--activation", "relu", "--epochs", "5",
        "--out", "m.onnx").Succeeded();
}

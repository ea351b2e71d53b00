using System.Text.Json;

namespace Backprop.Cli.Tests;

/// <summary>What people type who come from other tools trains the same file as the name that recipes write.</summary>
public sealed class SynonymTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData(
        "--activation logistic --optimizer gradient-descent --learning-rate 0.1",
        "--activation Sigmoid --optimizer SGD --lr 0.1")]
    [InlineData("--activation silu,tanh", "--activation Swish,TANH")]
    [InlineData("--loss softmax-cross-entropy", "--loss cross-entropy")]
    [InlineData("--loss softmax-cross-entropy --metric logLoss", "--loss LogLoss --metric log_loss")]
    [InlineData("--output-activation logistic --loss logistic-cross-entropy", "--output-activation sigmoid --loss crossentropy")]
    [InlineData("--output-activation softmax", "--output-activation Softmax")]
    [InlineData("--loss squared --output-activation linear", "--loss MSE --output-activation Identity")]
    [InlineData("--initializer he-uniform --class-weights balanced", "--initializer kaiming_uniform --class-weights Balanced")]
    [InlineData("--schedule one-cycle --batch full --precision double", "--schedule OneCycle --batch FULL --precision float64")]
    [InlineData("--task classify --shuffle off --recipe linear", "--task classification --shuffle false --recipe Linear")]
    public void Trains_the_same_file(string names, string typed)
    {
        string[] rest = ["train", "sample:penguins", "-t", "species", "--epochs", "2"];
        string recipe = Recipe([.. rest, "--out", "names.onnx", .. names.Split(' ')]);
        Assert.Equal(recipe, Recipe([.. rest, "-o", "typed.onnx", .. typed.Split(' ')]));
        Assert.Equal(File.ReadAllBytes(_command["names.onnx"]), File.ReadAllBytes(_command["typed.onnx"]));
    }

    [Fact]
    public void Numbers_too()
    {
        string[] rest = ["train", "sample:diabetes", "-t", "progression", "--epochs", "2"];
        string recipe = Recipe([.. rest, "--out", "names.onnx", "--loss", "absolute", "--metric", "mae"]);
        Assert.Equal(recipe, Recipe([.. rest, "--out", "typed.onnx", "--loss", "MAE", "--metric", "Mean_Absolute_Error"]));
    }

    [Fact]
    public void A_recipe_in_a_file_may_say_them_and_the_model_says_the_names()
    {
        string recipe = _command.Run(
            "train", "sample:iris", "-t", "species", "--schedule", "cosine", "--print-recipe").Succeeded().Output;
        _command.Write("typed.json", recipe.Replace("\"cosine:", "\"Cosine:", StringComparison.Ordinal)
            .Replace("\"he-normal\"", "\"Kaiming_Normal\"", StringComparison.Ordinal)
            .Replace("*relu\"", "*ReLU\"", StringComparison.Ordinal)
            .Replace("\"loss\": \"", "\"loss\": \"", StringComparison.Ordinal));
        Assert.Equal(recipe, _command.Run("train", "sample:iris", "--recipe", "typed.json", "--print-recipe").Succeeded().Output);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("help", "train")]
    [InlineData("train", "-h")]
    [InlineData("train", "data.csv", "--help", "--epochs", "3")]
    public void Help_is_asked_for_in_several_ways(params string[] arguments) =>
        Assert.Contains("Usage:\n  backprop ", _command.Run(arguments).Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void The_version_is_a_verb_too() =>
        Assert.Equal(_command.Run("--version").Succeeded().Output, _command.Run("version").Succeeded().Output);

    [Fact]
    public void Quiet_says_warnings_only_and_verbose_each_epoch()
    {
        string[] train = ["train", "sample:iris", "-t", "species", "--epochs", "3", "--patience", "0"];
        CommandResult quiet = _command.Run([.. train, "-q"]).Succeeded();
        Assert.All(quiet.ErrorLines, line => Assert.StartsWith("Warning: ", line, StringComparison.Ordinal));
        Assert.Contains("Parameter hash", quiet.Output, StringComparison.Ordinal);

        string[] epochs = [.. _command.Run([.. train, "-v"]).Succeeded().ErrorLines
            .Where(line => line.StartsWith("epoch ", StringComparison.Ordinal))];
        Assert.Equal(["epoch 1/3", "epoch 2/3", "epoch 3/3"], epochs.Select(line => line[..9]));
        Assert.All(epochs, line => Assert.Matches("  loss [0-9.]+  validation loss [0-9.]+", line));
    }

    /// <summary>The recipe of the model that a command trains.</summary>
    string Recipe(string[] arguments)
    {
        JsonElement json = _command.Run([.. arguments, "--json"]).Succeeded().Json;
        return _command.Run(
            "info", json.GetProperty("model").GetString()!, "--json").Succeeded().Json.GetProperty("recipe").ToString();
    }
}

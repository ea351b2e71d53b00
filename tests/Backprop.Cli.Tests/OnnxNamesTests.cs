using System.Text.Json;

namespace Backprop.Cli.Tests;

/// <summary>Inputs that other runtimes know by another name than the column's are told of.</summary>
public sealed class OnnxNamesTests : IDisposable
{
    const string Sentence =
        "In other ONNX runtimes the input for the column 'label' is called 'label (input)', since a part of the model "
        + "has that name.";

    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Train_and_info_say_which_input_was_renamed()
    {
        _command.Write(
            "d.csv",
            "label,size,y\n"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 7},{i % 5},{(i % 2 == 0 ? "a" : "b")}\n")));
        string[] arguments = ["train", "d.csv", "--target", "y", "--epochs", "1", "--out", "m.onnx"];
        Assert.Contains(Sentence, _command.Run(arguments).Succeeded().ErrorLines);
        Assert.Contains(Sentence, _command.Run([.. arguments, "--json"]).Succeeded().ErrorLines);
        string info = _command.Run("info", "m.onnx").Succeeded().Output;
        Assert.Contains(
            Sentence,
            string.Join(' ', info.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        JsonElement[] inputs =
            [.. _command.Run("info", "m.onnx", "--json").Succeeded().Json.GetProperty("inputs").EnumerateArray()];
        Assert.Equal(["label (input)", "size"], inputs.Select(input => input.GetProperty("name").GetString()));
        Assert.Equal(["label", "size"], inputs.Select(input => input.GetProperty("column").GetString()));
        Assert.All(inputs, input => Assert.Equal("float", input.GetProperty("type").GetString()));

        Assert.DoesNotContain(
            "ONNX", _command.Run([.. arguments, "--ignore", "label"]).Succeeded().Error, StringComparison.Ordinal);
    }
}

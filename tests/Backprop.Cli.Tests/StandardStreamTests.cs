namespace Backprop.Cli.Tests;

/// <summary>Standard output and error that are closed, full, or that nobody reads.</summary>
public sealed class StandardStreamTests : IDisposable
{
    const string Train = "train sample:iris --target species --epochs 3 --layers 8 --out m.onnx";

    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [LinuxTheory]
    [InlineData(Train + " > /dev/full", "Standard output cannot be written to: No space left on device. The model is in m.onnx.")]
    [InlineData(Train + " >&-", "Standard output cannot be written to; it is closed. The model is in m.onnx.")]
    [InlineData(
        Train + " --json > /dev/full", "Standard output cannot be written to: No space left on device. The model is in m.onnx.")]
    [InlineData("predict m.onnx sample:iris > /dev/full", "Standard output cannot be written to: No space left on device.")]
    [InlineData(
        "explain m.onnx sample:iris --row 1 > /dev/full", "Standard output cannot be written to: No space left on device.")]
    [InlineData(
        "evaluate m.onnx sample:iris --json > /dev/full", "Standard output cannot be written to: No space left on device.")]
    public void Output_that_cannot_be_written_is_one_sentence(string command, string sentence)
    {
        string[] train = Train.Split(' ');
        _command.Run([.. train[..^1], "old.onnx"]).Succeeded();
        File.Copy(_command["old.onnx"], _command["m.onnx"]);
        CommandResult result = Shell(command);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(sentence, result.Sentence);
        Assert.Equal(File.ReadAllBytes(_command["old.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
    }

    [LinuxFact]
    public void Without_standard_error_the_model_is_written_all_the_same()
    {
        CommandResult result = Shell(Train + " 2>&-");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Model: m.onnx", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, Shell("train gone.csv --target a 2>&-").ExitCode);
    }

    [LinuxFact]
    public void A_reader_that_has_read_enough_is_no_failure()
    {
        // The shell tells how the first of the two ended.
        CommandResult result = Shell(Train + " | head -n 1; exit ${PIPESTATUS[0]}");
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("backprop: ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("Validation", result.Output, StringComparison.Ordinal);
        result = Shell("predict m.onnx sample:iris | head -n 1; exit ${PIPESTATUS[0]}");
        Assert.Equal(
            (0, "prediction,probability_setosa,probability_versicolor,probability_virginica\n"),
            (result.ExitCode, result.Output));
    }

    CommandResult Shell(string command) => _command.RunBy(["bash", "-c", $"\"$@\" {command}", "bash"]);
}

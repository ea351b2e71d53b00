namespace Backprop.Cli.Tests;

public sealed class InterruptTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void A_signal_ends_training_and_the_best_model_so_far_is_written(string signal)
    {
        CommandResult result = Interrupted(signal, "{\"kind\":\"epoch\"", "--patience", "0");
        Assert.Equal(130, result.ExitCode);
        Assert.Matches("Interrupted: the best model so far, of epoch [0-9]+, is in m.onnx.", result.Error);
        Assert.Matches("Parameter hash [0-9a-f]{64}", result.Output);
        _command.Run("evaluate", "m.onnx", "sample:iris").Succeeded();
    }

    [LinuxFact]
    public void Without_validation_the_model_is_what_was_learnt_by_then()
    {
        CommandResult result = Interrupted("INT", "{\"kind\":\"step\"", "--validation", "0", "--log-steps");
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("what was learnt by then", result.Error, StringComparison.Ordinal);
        _command.Run("info", "m.onnx").Succeeded();
    }

    [LinuxTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_second_signal_ends_at_once_and_what_was_there_stands(string signal, int death)
    {
        _command.Write("m.onnx", "what was there before");
        // The second once the first has been answered: the same signal twice, at once, may come as one.
        CommandResult result = Signalled(signal, "{\"kind\":\"epoch\"", "Stopping after this step");
        Assert.Equal(death, result.ExitCode);
        Assert.DoesNotContain("Parameter hash", result.Output, StringComparison.Ordinal);
        Assert.Contains("Once more ends at once, without a model.", result.Error, StringComparison.Ordinal);
        Assert.Equal("what was there before", File.ReadAllText(_command["m.onnx"]));
    }

    [LinuxFact]
    public void A_terminal_that_closes_twice_is_as_one_and_before_the_first_step_no_model_is_written()
    {
        _command.Write("m.onnx", "what was there before");
        CommandResult result = Signalled("HUP", "Network: ", "Network: ");
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("Stopping after this step", result.Error, StringComparison.Ordinal);
        bool hasTaken = !result.Error.Contains(
            "Interrupted before the first step: no model was written.", StringComparison.Ordinal);
        Assert.Equal(hasTaken, File.ReadAllText(_command["m.onnx"]) != "what was there before");
    }

    /// <summary>
    /// A signal at each of two lines, while one step is taken, which takes seconds: a full batch of 40,000 rows.
    /// </summary>
    CommandResult Signalled(string signal, string firstLine, string secondLine)
    {
        _command.Write(
            "t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i * 37 % 101},{i % 89 * 0.5:F1}\n")));
        return _command.RunAnd(
            [(firstLine, process => Command.Signal(signal, process)), (secondLine, process => Command.Signal(signal, process))],
            [
                "train", "t.csv", "--target", "y", "--layers", "1000,1000", "--batch", "full", "--threads", "2",
                "--log", "/dev/stdout", "--out", "m.onnx",
            ]);
    }

    CommandResult Interrupted(string signal, string lineStart, params string[] flags) => _command.RunAndSignal(
        signal, lineStart,
        ["train", "sample:iris", "--target", "species", "--epochs", "1000000", "--log", "/dev/stdout", "--out", "m.onnx",
            .. flags]);
}

namespace Backprop.Cli.Tests;

public sealed class InterruptTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
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

    CommandResult Interrupted(string signal, string lineStart, params string[] flags) => _command.RunAndSignal(
        signal, lineStart,
        ["train", "sample:iris", "--target", "species", "--epochs", "1000000", "--log", "/dev/stdout", "--out", "m.onnx",
            .. flags]);
}

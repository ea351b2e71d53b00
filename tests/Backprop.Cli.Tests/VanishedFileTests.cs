using System.Diagnostics;

namespace Backprop.Cli.Tests;

/// <summary>Files and folders that are deleted while a training uses them.</summary>
public sealed class VanishedFileTests : IDisposable
{
    const string Epoch = "{\"kind\":\"epoch\",\"epoch\":300,";

    static readonly string[] s_flags = ["--target", "species", "--patience", "0", "--layers", "8"];
    static readonly string[] s_epochs = ["--epochs", "1000"];

    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [LinuxFact]
    public void Data_are_not_needed_once_they_are_read()
    {
        using (var reader = new StreamReader(typeof(ExitCode).Assembly.GetManifestResourceStream("iris.csv")!))
            _command.Write("iris.csv", reader.ReadToEnd());
        _command.Run(["train", "iris.csv", .. s_flags, .. s_epochs, "--out", "whole.onnx"]).Succeeded();
        _command.RunAnd(
            _ => File.Delete(_command["iris.csv"]), Epoch,
            ["train", "iris.csv", .. s_flags, .. s_epochs, "--out", "m.onnx", "--log", "/dev/stdout"]).Succeeded();
        Assert.False(File.Exists(_command["iris.csv"]));
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
    }

    [LinuxFact]
    public void A_model_whose_folder_is_gone_is_written_from_the_checkpoint()
    {
        Directory.CreateDirectory(_command["folder"]);
        CommandResult result = Train(
            () => Directory.Delete(_command["folder"]), "--out", "folder/m.onnx", "--checkpoint", "c.ckpt");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(
            "Cannot write 'folder/m.onnx': its folder does not exist. Make it or give another one. Nothing up to step 4,000 is "
            + "lost: the same command with --resume c.ckpt goes on from there.",
            result.Sentence);
        _command.Run(["train", "sample:iris", .. s_flags, .. s_epochs, "--out", "m.onnx", "--resume", "c.ckpt"]).Succeeded();
    }

    [LinuxFact]
    public void Training_ends_where_the_folder_of_its_checkpoint_is_gone()
    {
        Directory.CreateDirectory(_command["folder"]);
        _command.Write("m.onnx", "what was there before");
        CommandResult result = Train(
            () => Directory.Move(_command["folder"], _command["elsewhere"]), "--out", "m.onnx", "--checkpoint", "folder/c.ckpt");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(
            "^Training ended after step [0-9]+: Cannot write 'folder/c.ckpt': its folder (does not exist|is gone). Make it",
            result.Sentence);
        Assert.DoesNotContain("--resume", result.Sentence, StringComparison.Ordinal);
        Assert.Equal("what was there before", File.ReadAllText(_command["m.onnx"]));
    }

    [LinuxFact]
    public void A_training_whose_last_checkpoint_cannot_be_written_writes_its_model()
    {
        Whole();
        CommandResult result = Ended(_ => { });
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(
            "Cannot write 'folder/c.ckpt': its folder does not exist. Make it or give another one. Training had ended by then, "
            + "and its model is in m.onnx.",
            result.Sentence);
        Assert.Contains("Model: m.onnx", result.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
    }

    [LinuxFact]
    public void An_interrupted_training_whose_checkpoint_cannot_be_written_writes_its_model()
    {
        CommandResult result = Ended(process => Command.Signal("INT", process), "--epochs", "100000");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(
            "^Cannot write 'folder/c.ckpt': its folder does not exist. Make it or give another one. Interrupted: the best model "
            + "so far, of epoch [0-9]+, is in m.onnx.$",
            result.Sentence);
        _command.Run("info", "m.onnx").Succeeded();
    }

    [LinuxFact]
    public void A_checkpoint_that_is_gone_is_written_anew()
    {
        Train(() => File.Delete(_command["c.ckpt"]), "--out", "m.onnx", "--checkpoint", "c.ckpt").Succeeded();
        Assert.Equal(4000, Checkpoint.Load(_command["c.ckpt"]).Step);
    }

    [LinuxFact]
    public void A_checkpoint_of_another_training_is_not_offered_to_go_on_from()
    {
        Train(() => { }, "--out", "m.onnx", "--checkpoint", "c.ckpt").Succeeded();
        byte[] old = File.ReadAllBytes(_command["c.ckpt"]);
        CommandResult result = _command.Run(
            "train", "sample:iris", "--target", "species", "--epochs", "3", "--checkpoint", "c.ckpt", "--log", "/dev/full");
        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("--resume", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(_command["c.ckpt"]));
    }

    [LinuxFact]
    public void A_log_that_is_gone_is_told_of_and_the_model_is_written()
    {
        CommandResult result = _command.RunAnd(
            _ => File.Delete(_command["log.jsonl"]), "Network: ",
            ["train", "sample:iris", .. s_flags, "--epochs", "20000", "--out", "m.onnx", "--log", "log.jsonl"]).Succeeded();
        Assert.Contains(
            "Warning: the log 'log.jsonl' is gone; it was deleted or moved while training.",
            result.ErrorLines,
            StringComparer.Ordinal);
        _command.Run("info", "m.onnx").Succeeded();
    }

    void Whole() => _command.Run(["train", "sample:iris", .. s_flags, .. s_epochs, "--out", "whole.onnx"]).Succeeded();

    /// <summary>A training whose folder for checkpoints vanishes before it writes its only one, at its end.</summary>
    CommandResult Ended(Action<Process> then, params string[] flags)
    {
        Directory.CreateDirectory(_command["folder"]);
        return _command.RunAnd(
            process =>
            {
                Directory.Delete(_command["folder"]);
                then(process);
            },
            Epoch,
            [
                "train", "sample:iris", .. s_flags, .. flags.Length > 0 ? flags : s_epochs, "--log", "/dev/stdout",
                "--out", "m.onnx",
                "--checkpoint", "folder/c.ckpt", "--checkpoint-every", "1000s",
            ]);
    }

    CommandResult Train(Action vanish, params string[] flags) => _command.RunAnd(
        _ => vanish(), Epoch,
        ["train", "sample:iris", .. s_flags, .. s_epochs, "--log", "/dev/stdout", "--checkpoint-every", "10e", .. flags]);
}

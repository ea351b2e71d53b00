namespace Backprop.Cli.Tests;

/// <summary>
/// The disk is full, read-only, or becomes so while training: one sentence, exit code 3, what stood there stands, and once there
/// is room again the training ends with the bits that it would have had.
/// </summary>
public sealed class DiskFaultTests : IDisposable
{
    const string Full = "No space left on device";

    static readonly string[] s_train =
        ["train", "sample:iris", "--target", "species", "--epochs", "1500", "--patience", "0", "--layers", "8"];

    readonly Command _command = new();
    SmallDisk? _disk;

    public void Dispose()
    {
        _disk?.Dispose();
        _command.Dispose();
    }

    [SmallDiskFact]
    public void A_model_that_finds_no_room_is_written_from_the_checkpoint_without_training_again()
    {
        SmallDisk disk = Disk(64);
        Whole();
        Small("disk/m.onnx");
        byte[] old = File.ReadAllBytes(disk["m.onnx"]);
        disk.Fill(except: 4096);

        CommandResult result = _command.Run([.. s_train, "--out", "disk/m.onnx", "--checkpoint", "c.ckpt"]);
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            $"Cannot write 'disk/m.onnx': {Full}. What was there is unchanged; make room or give another place. "
            + "Nothing up to step 6,000 is lost: the same command with --resume c.ckpt goes on from there.",
            result.Sentence);
        Assert.Equal(old, File.ReadAllBytes(disk["m.onnx"]));
        Assert.Equal(["m.onnx"], disk.Files);

        disk.Empty();
        CommandResult resumed = _command.Run([.. s_train, "--out", "disk/m.onnx", "--resume", "c.ckpt"]).Succeeded();
        Assert.Contains("Going on after step 6,000.", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(disk["m.onnx"]));
    }

    [SmallDiskFact]
    public void Training_ends_where_its_checkpoint_finds_no_room_and_goes_on_from_the_one_before()
    {
        SmallDisk disk = Disk(64);
        Whole();
        CommandResult result = _command.RunAnd(
            _ => disk.FillWhileWritten(), "{\"kind\":\"epoch\",\"epoch\":500,", Saving("disk/c.ckpt", "--out", "m.onnx"));
        Ended(result, Full, "disk/c.ckpt");
        Assert.False(File.Exists(_command["m.onnx"]));
        Assert.Equal(["c.ckpt"], disk.Files);

        disk.Empty();
        _command.Run([.. s_train, "--out", "m.onnx", "--resume", "disk/c.ckpt"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
    }

    [SmallDiskFact]
    public void A_training_whose_last_checkpoint_finds_no_room_writes_its_model()
    {
        SmallDisk disk = Disk(64);
        Whole();
        byte[] old = "what was there before"u8.ToArray();
        File.WriteAllBytes(disk["c.ckpt"], old);
        CommandResult result = _command.RunAnd(
            _ => disk.FillWhileWritten(), "{\"kind\":\"epoch\",\"epoch\":500,",
            [
                .. s_train, "--checkpoint", "disk/c.ckpt", "--checkpoint-every", "1000s", "--log", "/dev/stdout",
                "--out", "m.onnx",
            ]);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(
            $"Cannot write 'disk/c.ckpt': {Full}. What was there is unchanged; make room or give another place. Training had "
            + "ended by then, and its model is in m.onnx.",
            result.Sentence);
        Assert.Equal(old, File.ReadAllBytes(disk["c.ckpt"]));
        Assert.Equal(["c.ckpt"], disk.Files);
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
    }

    [SmallDiskFact]
    public void Training_ends_where_its_log_finds_no_room_and_the_log_goes_on_where_it_can_be_read()
    {
        SmallDisk disk = Disk(32);
        Whole();
        string[] train = [.. s_train, "--out", "m.onnx", "--log", "disk/log.jsonl", "--checkpoint-every", "20e"];
        CommandResult result = _command.Run([.. train, "--checkpoint", "c.ckpt"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(
            $"^Training ended in epoch [0-9]+, step [0-9]+, because the log 'disk/log.jsonl' cannot be written: {Full}. Make "
            + "room there or give another place; no model was written. Nothing up to step [0-9,]+ is lost: the same command with "
            + "--resume c.ckpt goes on from there.$",
            result.Sentence);

        disk.Resize(4096);
        _command.Run([.. train, "--resume", "c.ckpt"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
        Assert.Equal(File.ReadAllText(_command["whole.jsonl"]), File.ReadAllText(disk["log.jsonl"]));
    }

    [SmallDiskFact]
    public void Predictions_that_find_no_room_leave_the_old_ones()
    {
        SmallDisk disk = Disk(32);
        Small("m.onnx");
        File.WriteAllText(disk["p.csv"], "old");
        disk.Fill(except: 4096);
        CommandResult result = _command.Run("predict", "m.onnx", "sample:iris", "--out", "disk/p.csv");
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"Cannot write 'disk/p.csv': {Full}.", result.Sentence, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(disk["p.csv"]));
        Assert.Equal(["p.csv"], disk.Files);
    }

    [SmallDiskFact]
    public void A_folder_that_becomes_read_only_ends_the_training_and_one_that_is_ends_it_before_it_reads()
    {
        SmallDisk disk = Disk(64);
        Whole();
        CommandResult result = _command.RunAnd(
            _ => disk.MakeReadOnly(), "{\"kind\":\"epoch\",\"epoch\":500,", Saving("disk/c.ckpt", "--out", "m.onnx"));
        Ended(result, "Read-only file system", "disk/c.ckpt");

        foreach (string[] place in new[]
        {
            new[] { "--out", "disk/m.onnx" }, ["--log", "disk/log.jsonl"], ["--checkpoint", "disk/d.ckpt"],
        })
        {
            string sentence = _command.Of(["train", "gone.csv", "--target", "species", .. place]);
            Assert.Contains("its folder is not writable (Read-only file system)", sentence, StringComparison.Ordinal);
        }

        disk.MakeWritable();
        _command.Run([.. s_train, "--out", "disk/m.onnx", "--resume", "disk/c.ckpt"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(disk["m.onnx"]));
        Assert.Equal(["c.ckpt", "m.onnx"], disk.Files);
    }

    /// <summary>Every kind of file, cut off by the system after some of its bytes: no privileges are needed for that.</summary>
    [LinuxTheory]
    [InlineData("--out", "f.onnx")]
    [InlineData("--checkpoint", "f.ckpt")]
    [InlineData("--log", "f.jsonl")]
    [InlineData("predict", "f.csv")]
    public void A_write_that_fails_half_way_leaves_what_was_there(string flag, string file)
    {
        Small("m.onnx");
        byte[] old = "what was there before"u8.ToArray();
        _command.Write(file, old);
        // Without mapping its own code twice, for which the runtime makes a large file.
        _command.With("DOTNET_EnableWriteXorExecute", "0");
        string[] arguments = flag == "predict" ? ["predict", "m.onnx", "sample:iris", "--out", file] : [.. s_train, flag, file];
        if (flag is not ("predict" or "--out"))
            arguments = [.. arguments, "--out", "/dev/null"];
        CommandResult result = _command.RunBy(["/usr/bin/env", "--ignore-signal=XFSZ", "prlimit", "--fsize=2048"], arguments);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"'{file}'", result.Sentence, StringComparison.Ordinal);
        Assert.Contains("larger than a file may be there", result.Sentence, StringComparison.Ordinal);
        if (flag != "--log")
            Assert.Equal(old, File.ReadAllBytes(_command[file]));
        Assert.Equal(
            new[] { file, "m.onnx" }.Order(StringComparer.Ordinal),
            Directory.GetFiles(_command.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    SmallDisk Disk(int kilobytes) => _disk = new SmallDisk(_command, kilobytes);

    void Whole() => _command.Run([.. s_train, "--out", "whole.onnx", "--log", "whole.jsonl"]).Succeeded();

    void Small(string file) =>
        _command.Run("train", "sample:iris", "--target", "species", "--epochs", "1", "--layers", "2", "--out", file).Succeeded();

    static string[] Saving(string checkpoint, params string[] more) =>
        [.. s_train, "--checkpoint", checkpoint, "--checkpoint-every", "10e", "--log", "/dev/stdout", .. more];

    /// <summary>The training said why it ended, and what it can go on from.</summary>
    static void Ended(CommandResult result, string why, string checkpoint)
    {
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(
            $"^Training ended after step [0-9]+: Cannot write '{checkpoint}': .*{why}.* Nothing up to step [0-9,]+ is lost: the "
            + $"same command with --resume {checkpoint} goes on from there.$",
            result.Sentence);
    }
}

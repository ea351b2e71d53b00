namespace Backprop.Cli.Tests;

public sealed class ResumeTests : IDisposable
{
    static readonly string[] s_train =
        ["train", "sample:iris", "--target", "species", "--epochs", "6", "--patience", "0", "--layers", "8"];

    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void A_training_that_has_ended_is_gone_on_with_by_giving_the_same_model()
    {
        _command.Run([.. s_train, "--out", "a.onnx", "--checkpoint", "c.ckpt", "--checkpoint-every", "2e"]).Succeeded();
        _command.Run("train", "sample:iris", "--resume", "c.ckpt", "--out", "b.onnx").Succeeded();
        Assert.Equal(File.ReadAllBytes(_command["a.onnx"]), File.ReadAllBytes(_command["b.onnx"]));
    }

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_saves_first_and_the_log_goes_on_where_it_was_cut(string signal)
    {
        string[] train = ["train", "sample:iris", "--target", "species", "--epochs", "3000", "--patience", "0", "--layers", "8"];
        _command.Run([.. train, "--log", "whole.jsonl", "--out", "whole.onnx"]).Succeeded();
        CommandResult result = _command.RunAndSignal(
            signal,
            "{\"kind\":\"epoch\",\"epoch\":50,",
            [.. train, "--log", "/dev/stdout", "--out", "m.onnx", "--checkpoint", "c.ckpt"]);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("To go on: the same command with --resume c.ckpt.", result.Error, StringComparison.Ordinal);
        _command.Run("evaluate", "m.onnx", "sample:iris").Succeeded();
        File.Copy(_command["c.ckpt"], _command["d.ckpt"]);
        Assert.Matches(
            "Warning: d.ckpt holds a training after step [0-9,]+ of 12,000, and is written over; to go on from it, say --resume "
            + "d.ckpt.",
            _command.Run([.. s_train, "--out", "d.onnx", "--checkpoint", "d.ckpt"]).Succeeded().Error);
        CommandResult reproduced = _command.Run("reproduce", "m.onnx", "sample:iris").Succeeded();
        Assert.StartsWith("REPRODUCED m.onnx in ", reproduced.Output, StringComparison.Ordinal);

        // What the log says after the checkpoint is of steps that will be taken again; a broken line is of a killed process.
        string log = string.Concat(result.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => line + "\n"));
        _command.Write("m.jsonl", log + "{\"kind\":\"epoch\",\"epoch\":4000,\"step\":16000}\n{\"kind\":");
        _command.Run([.. train, "--log", "m.jsonl", "--out", "m.onnx", "--resume", "c.ckpt"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
        Assert.Equal(File.ReadAllText(_command["whole.jsonl"]), File.ReadAllText(_command["m.jsonl"]));
    }

    [Theory]
    [InlineData("--patience", "0")]
    [InlineData("--patience", "1")]
    public void To_begin_anew_over_a_training_that_has_ended_is_not_warned_of(string flag, string value)
    {
        string[] train =
        [
            "train", "sample:iris", "--target", "species", "--epochs", "40", flag, value, "--out", "a.onnx",
            "--checkpoint", "c.ckpt",
        ];
        _command.Run(train).Succeeded();
        Assert.DoesNotContain("written over", _command.Run(train).Succeeded().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_shows_the_next_update_from_a_checkpoint()
    {
        _command.Run([.. s_train, "--out", "m.onnx", "--checkpoint", "c.ckpt"]).Succeeded();
        CommandResult shown = _command.Run(
            "explain", "sample:iris", "--checkpoint", "c.ckpt", "--row", "1", "--json").Succeeded();
        // 120 training rows, batches of 32, 6 epochs: 24 steps were taken.
        Assert.Equal(25, shown.Json.GetProperty("update").GetProperty("step").GetInt64());
        Assert.Equal(24, shown.Json.GetProperty("update").GetProperty("totalSteps").GetInt64());
        CommandResult byModel = _command.Run(
            "explain", "m.onnx", "sample:iris", "--checkpoint", "c.ckpt", "--row", "1", "--json").Succeeded();
        Assert.Equal(
            shown.Output.Replace("\"model\":\"sample:iris\"", "", StringComparison.Ordinal),
            byModel.Output.Replace("\"model\":\"m.onnx\"", "", StringComparison.Ordinal));
        Assert.Contains(
            "Update of step 25",
            _command.Run("explain", "sample:iris", "--checkpoint", "c.ckpt", "--row", "1").Output,
            StringComparison.Ordinal);

        _command.Run([.. s_train, "--out", "other.onnx", "--seed", "1"]).Succeeded();
        Assert.Contains(
            "another recipe: seed is 0 there and 1 here",
            _command.Of("explain", "other.onnx", "sample:iris", "--checkpoint", "c.ckpt", "--row", "1"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_use_is_one_sentence_and_changes_nothing()
    {
        _command.Run([.. s_train, "--out", "m.onnx", "--checkpoint", "c.ckpt"]).Succeeded();
        Says("another recipe: training.batch is 32 there and 8 here", "--resume", "c.ckpt", "--batch", "8");
        Says("train on from the model with --start-from", "--resume", "c.ckpt", "--epochs", "12");
        Says("Cannot read the checkpoint 'none.ckpt'", "--resume", "none.ckpt");
        Says("is no safetensors file", "--resume", "m.onnx");
        Says("--checkpoint-every needs a file", "--checkpoint-every", "3s");
        Says("not '3m'", "--checkpoint", "d.ckpt", "--checkpoint-every", "3m");
        Says("not '0e'", "--checkpoint", "d.ckpt", "--checkpoint-every", "0e");
        Says("are the same file", "--checkpoint", "old.onnx");
        Assert.Contains(
            "has other cells",
            _command.Of("train", _command.Write("t.csv", Changed()), "--target", "species", "--resume", "c.ckpt"),
            StringComparison.Ordinal);

        void Says(string sentence, params string[] flags) =>
            Assert.Contains(
                sentence, _command.Of(["train", "sample:iris", "--target", "species", .. flags]), StringComparison.Ordinal);
    }

    [Fact]
    public void Reproduce_says_in_one_line_what_came_of_it()
    {
        _command.Run([.. s_train, "--out", "m.onnx", "--threads", "1"]).Succeeded();
        CommandResult result = _command.Run(
            "reproduce", "m.onnx", "sample:iris", "--target", "species", "--threads", "2").Succeeded();
        Assert.Matches("^REPRODUCED m.onnx in 24 steps: parameter hash [0-9a-f]{64}, model hash [0-9a-f]{64}.\n$", result.Output);
        Assert.Equal("REPRODUCED the first 5 of 24 steps of m.onnx: 3 of its hashes along the way are the same.\n",
            _command.Run("reproduce", "m.onnx", "sample:iris", "--steps", "5").Succeeded().Output);
        Assert.True(
            _command.Run("reproduce", "m.onnx", "sample:iris", "--json").Succeeded().Json.GetProperty("reproduced").GetBoolean());

        Differs("DIFFERS in the recipe: training.dropout is 0 there and 0.1 here.", "sample:iris", "--dropout", "0.1");
        Differs(
            "DIFFERS in the data: the column 'petal_length' of the training data has other cells.",
            _command.Write("t.csv", Changed()));
        byte[] bytes = File.ReadAllBytes(_command["m.onnx"]);
        bytes[bytes.AsSpan().IndexOf("parameter_hash"u8) + 20] ^= 1;
        _command.Write("m.onnx", bytes);
        Differs("DIFFERS in the file: ", "sample:iris");

        void Differs(string line, params string[] data)
        {
            CommandResult other = _command.Run(["reproduce", "m.onnx", .. data]);
            Assert.Equal(1, other.ExitCode);
            Assert.StartsWith(line, other.Output, StringComparison.Ordinal);
            Assert.Equal(1, other.Output.Count(letter => letter == '\n'));
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void A_model_trained_with_other_vectors_is_reproduced(string variable)
    {
        using Command other = new Command().With(variable, "0");
        other.Run([.. s_train, "--out", "m.onnx", "--shards", "3", "--dropout", "0.1"]).Succeeded();
        Assert.StartsWith(
            "REPRODUCED ",
            _command.Run("reproduce", other["m.onnx"], "sample:iris").Succeeded().Output,
            StringComparison.Ordinal);
    }

    static string Changed()
    {
        using var reader = new StreamReader(typeof(ExitCode).Assembly.GetManifestResourceStream("iris.csv")!);
        return reader.ReadToEnd().Replace("5.1,3.5,1.4,0.2", "5.1,3.5,1.5,0.2", StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Backprop.Cli.Tests;

/// <summary>
/// Trainings that get signals at random instants: while they start, read, train, save and end. BACKPROP_SIGNALS sets how many
/// there are in all (15 by itself); 200 take about three minutes.
/// </summary>
[Trait("Category", "Slow")]
public sealed class SignalTests : IDisposable
{
    static readonly int s_count = int.Parse(
        Environment.GetEnvironmentVariable("BACKPROP_SIGNALS") ?? "15", CultureInfo.InvariantCulture);

    /// <summary>What a shell sees of a process that a signal ended.</summary>
    static readonly Dictionary<string, int> s_deaths = new(StringComparer.Ordinal)
    {
        ["HUP"] = 129,
        ["INT"] = 130,
        ["TERM"] = 143,
    };

    readonly Command _command = new();

    public static TheoryData<string> Recipes { get; } =
    [
        "sample:iris --target species --epochs 1500 --patience 0 --layers 8",
        "sample:iris --target species --epochs 4000 --patience 60 --dropout 0.2 --metric accuracy",
        "sample:penguins --target species --epochs 150 --patience 0 --optimizer nadam --schedule cosine:warmup=50",
        "sample:diabetes --target progression --epochs 150 --validation 0 --optimizer rmsprop --precision double",
        "sample:diabetes --target progression --epochs 120 --patience 0 --optimizer lion --batch 16 --shards 3",
    ];

    public void Dispose() => _command.Dispose();

    [LinuxTheory]
    [MemberData(nameof(Recipes))]
    public void A_signal_at_any_instant_leaves_whole_files_that_go_on_to_the_same_end(string recipe)
    {
        string[] train = ["train", .. recipe.Split(' '), "--log-steps"];
        var watch = Stopwatch.StartNew();
        _command.Run([.. train, "--out", "whole.onnx", "--log", "whole.jsonl"]).Succeeded();
        TimeSpan whole = watch.Elapsed;
        byte[] expected = File.ReadAllBytes(_command["whole.onnx"]);

        // A good model stands where the new one goes.
        string[] saving = [.. train, "--out", "m.onnx", "--log", "m.jsonl", "--checkpoint-every", "0.02s"];
        _command.Run(
            "train", "sample:iris", "--target", "species", "--epochs", "1", "--layers", "2", "--out", "m.onnx").Succeeded();
        var random = new Random(recipe.Length);
        bool hasCheckpoint = false;
        for (int i = 0; i < (s_count + Recipes.Count - 1) / Recipes.Count; i++)
        {
            byte[] model = File.ReadAllBytes(_command["m.onnx"]);
            byte[]? checkpoint = hasCheckpoint ? File.ReadAllBytes(_command["c.ckpt"]) : null;
            (string, TimeSpan)[] signals = Signals(random, whole);
            string[] flags = [.. saving, hasCheckpoint ? "--resume" : "--checkpoint", "c.ckpt", "--threads", $"{1 + (i % 2)}"];
            CommandResult result = _command.RunAndSignal(signals, flags);

            string all = $"Exit code {result.ExitCode} after {string.Join(", ", signals)}: {result.Error}";
            Assert.True(result.ExitCode is 0 or 130 || signals.Any(signal => result.ExitCode == s_deaths[signal.Item1]), all);
            Assert.DoesNotContain("backprop: ", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);

            // Whatever is there is whole, and nothing comes in the place of the old but by a training that had begun.
            if (!model.SequenceEqual(File.ReadAllBytes(_command["m.onnx"])))
                Assert.Contains("Network: ", result.Error, StringComparison.Ordinal);
            _ = Model.Load(_command["m.onnx"]);
            hasCheckpoint = File.Exists(_command["c.ckpt"]);
            Assert.True(hasCheckpoint || checkpoint is null, all);
            if (hasCheckpoint)
                _ = Checkpoint.Load(_command["c.ckpt"]);
            if (result.ExitCode == 0)
            {
                Assert.Equal(expected, File.ReadAllBytes(_command["m.onnx"]));

                // Begin anew, so that signals come at all parts of the training.
                File.Delete(_command["c.ckpt"]);
                hasCheckpoint = false;
            }
        }

        _command.Run([.. saving, hasCheckpoint ? "--resume" : "--checkpoint", "c.ckpt"]).Succeeded();
        Assert.Equal(expected, File.ReadAllBytes(_command["m.onnx"]));
        Assert.Equal(File.ReadAllText(_command["whole.jsonl"]), File.ReadAllText(_command["m.jsonl"]));
        Assert.Equal(
            ["c.ckpt", "m.jsonl", "m.onnx", "whole.jsonl", "whole.onnx"],
            Directory.GetFiles(_command.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// One signal at an instant from the start to a little after the end; for one of three, a second one soon after.
    /// </summary>
    static (string Signal, TimeSpan Wait)[] Signals(Random random, TimeSpan whole)
    {
        string[] names = ["INT", "TERM", "INT", "TERM", "HUP"];
        (string, TimeSpan) first = (names[random.Next(names.Length)], whole * (1.2 * random.NextDouble()));
        return random.Next(3) > 0 ? [first]
            : [first, (names[random.Next(2)], TimeSpan.FromMilliseconds(random.Next(30)))];
    }
}

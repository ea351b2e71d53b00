using System.Diagnostics;
using System.Globalization;

namespace Backprop.Cli.Tests;

/// <summary>
/// Trainings killed at random instants and gone on with: the model, the log and the checkpoint are those of a training that
/// nothing happened to, and no other file is left. BACKPROP_KILLS sets how many kills there are in all (20 by itself);
/// 300 take about five minutes.
/// </summary>
[Trait("Category", "Slow")]
public sealed class KillTests : IDisposable
{
    static readonly int s_kills = int.Parse(
        Environment.GetEnvironmentVariable("BACKPROP_KILLS") ?? "20", CultureInfo.InvariantCulture);

    readonly Command _command = new();

    public static TheoryData<string> Recipes { get; } =
    [
        "sample:iris --target species --epochs 400 --patience 0",
        "sample:iris --target species --epochs 4000 --patience 25 --dropout 0.2 --metric accuracy",
        "sample:penguins --target species --epochs 150 --patience 0 --optimizer nadam --schedule cosine:warmup=50",
        "sample:penguins --target species --epochs 200 --patience 60 --schedule plateau:patience=3 --class-weights balanced",
        "sample:penguins --target species --epochs 200 --patience 0 --optimizer adamw --clip norm=0.5 --precision double",
        "sample:diabetes --target progression --epochs 200 --patience 0 --optimizer momentum --dropout 0.1",
        "sample:diabetes --target progression --epochs 150 --validation 0 --optimizer rmsprop --schedule step:every=10",
        "sample:diabetes --target progression --epochs 600 --patience 0 --optimizer rprop",
        "sample:diabetes --target progression --epochs 150 --patience 0 --optimizer lion --shuffle off --l2 0.001",
        "sample:iris --target species --epochs 60 --patience 0 --optimizer adagrad --batch 4 --layers 8 --test 0.2",
    ];

    public void Dispose() => _command.Dispose();

    [LinuxTheory]
    [MemberData(nameof(Recipes))]
    public void Killed_at_any_instant_and_gone_on_with_it_ends_the_same(string recipe)
    {
        string[] train = ["train", .. recipe.Split(' '), "--log-steps"];
        var watch = Stopwatch.StartNew();
        _command.Run([.. train, "--out", "whole.onnx", "--log", "whole.jsonl"]).Succeeded();
        TimeSpan whole = watch.Elapsed;

        var random = new Random(recipe.Length);
        int kills = 0;
        bool hasCheckpoint = false;
        string[] saving = [.. train, "--out", "m.onnx", "--log", "m.jsonl", "--checkpoint-every", "0.02s"];
        while (kills < (s_kills + Recipes.Count - 1) / Recipes.Count)
        {
            // From before the first step to the last, and a little after: saving makes it longer.
            TimeSpan instant = whole * (0.2 + 1.3 * random.NextDouble());
            string[] flags =
                [.. saving, hasCheckpoint ? "--resume" : "--checkpoint", "c.ckpt", "--threads", $"{1 + (kills % 2)}"];
            bool isKilled = _command.RunAndKill(instant, flags);
            if (isKilled)
                kills++;
            else
                File.Delete(_command["c.ckpt"]); // It had ended: what goes on from its end is over before it can be killed.
            hasCheckpoint = File.Exists(_command["c.ckpt"]);
        }

        CommandResult result = _command.Run([.. saving, hasCheckpoint ? "--resume" : "--checkpoint", "c.ckpt"]).Succeeded();
        Assert.Equal(File.ReadAllBytes(_command["whole.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
        Assert.Equal(File.ReadAllText(_command["whole.jsonl"]), File.ReadAllText(_command["m.jsonl"]));
        Assert.Equal(
            ["c.ckpt", "m.jsonl", "m.onnx", "whole.jsonl", "whole.onnx"],
            Directory.GetFiles(_command.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("Parameter hash", result.Output, StringComparison.Ordinal);
    }
}

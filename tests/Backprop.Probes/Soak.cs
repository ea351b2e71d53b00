using System.Diagnostics;
using System.Globalization;
using Backprop.Engine;

namespace Backprop.Probes;

/// <summary>
/// Reads, trains, saves, loads, predicts, interrupts, resumes and is refused over and over in one process, and prints what the
/// process holds: seconds, rounds, managed bytes, bytes of the working set, handles, threads. Every round must give the same
/// bits.
/// </summary>
sealed class Soak : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("backprop-soak-").FullName;
    readonly Dictionary<int, string> _hashes = [];
    readonly (string File, string Target, TrainOptions Options)[] _trainings;

    Soak(string samples)
    {
        string iris = Path.Combine(samples, "iris.csv");
        string penguins = Path.Combine(samples, "penguins.csv");
        string diabetes = Path.Combine(samples, "diabetes.csv");
        var some = new TrainOptions { Epochs = 4, Patience = 2, Batch = 32 };
        _trainings =
        [
            (iris, "species", some),
            (penguins, "species", some with { Layers = [40, 20], Dropout = 0.2, Clip = Clip.Parse("norm=0.5"), Test = 0.2 }),
            (diabetes, "progression", some with { Precision = Precision.Double, Optimizer = Optimizer.Parse("nadam") }),
            (penguins, "species",
                some with { Shards = 3, ClassWeights = "balanced", Schedule = Schedule.Parse("plateau:patience=1") }),
            (iris, "petal_width",
                some with { Loss = Loss.Parse("huber"), Optimizer = Optimizer.Parse("momentum"), Validation = 0 }),
            (diabetes, "progression", some with { Batch = 0, Optimizer = Optimizer.Parse("rprop"), Activations = ["gelu"] }),
        ];
    }

    /// <summary>Runs for a time.</summary>
    /// <param name="samples">The folder of the sample files.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="samplings">How often what is held is printed.</param>
    public static void Run(string samples, double seconds, int samplings)
    {
        using var soak = new Soak(samples);
        var watch = Stopwatch.StartNew();
        int rounds = 0;
        for (int sampling = 1; sampling <= samplings; sampling++)
        {
            do
            {
                for (int i = 0; i < soak._trainings.Length; i++)
                    soak.Round(i, rounds);
                rounds++;
            }
            while (watch.Elapsed.TotalSeconds < seconds * sampling / samplings);
            Console.WriteLine(Held(watch.Elapsed, rounds));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static string Held(TimeSpan elapsed, int rounds)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        int handles = OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"second {elapsed.TotalSeconds:F0}, rounds {rounds}, managed {managed}, working set {process.WorkingSet64}, "
            + $"handles {handles}, threads {process.Threads.Count}");
    }

    /// <summary>One training with all that can be done with it.</summary>
    void Round(int index, int round)
    {
        (string file, string target, TrainOptions options) = _trainings[index];
        string path = Path.Combine(_folder, "m.onnx");
        string checkpoint = Path.Combine(_folder, "c.ckpt");
        var run = new RunOptions
        {
            Threads = 1 + (round % 2),
            Checkpoint = new CheckpointOptions { Path = checkpoint, EveryEpochs = 1 },
        };
        var table = Table.ReadCsv(file);
        Interrupt(table, target, options, run);
        TrainedModel trained = Model.Train(table, target, options, run with { Resume = Checkpoint.Load(checkpoint) });
        trained.Model.Save(path);
        var model = Model.Load(path);
        Predictions predictions = model.Predict(table);
        predictions.Save(Path.Combine(_folder, "p.csv"), table);
        _ = model.Evaluate(table);
        Same(index, $"{model.ModelHash} {BitConverter.DoubleToInt64Bits(predictions.Row(predictions.Count - 1)[0])}");
        Refused(() => Model.Load(file));
        Refused(() => Table.ReadCsv(path));
        Refused(() => Model.Train(table, "no such column", options));
        Refused(() => Model.Train(
            table, target, options with { Seed = 1 }, new RunOptions { Resume = Checkpoint.Load(checkpoint) }));
    }

    /// <summary>A training that is interrupted in its second epoch.</summary>
    static void Interrupt(Table table, string target, TrainOptions options, RunOptions run)
    {
        using var source = new CancellationTokenSource();
        var stop = new StopAfterEpoch(source);
        if (Model.Train(table, target, options, run with { Observer = stop, Cancellation = source.Token }).Stopped
            != StopReason.Cancelled)
        {
            throw new InvalidOperationException("The training was not interrupted.");
        }
    }

    void Same(int index, string hash)
    {
        if (_hashes.TryAdd(index, hash) || _hashes[index] == hash)
            return;
        throw new InvalidOperationException($"Training {index} gave {hash}, and before {_hashes[index]}.");
    }

    static void Refused(Func<object> act)
    {
        try
        {
            act();
        }
        catch (BackpropException)
        {
            return;
        }

        throw new InvalidOperationException("Something that must be refused was not.");
    }
}

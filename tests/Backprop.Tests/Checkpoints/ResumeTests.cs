using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>A training that is interrupted and goes on ends as one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    readonly ScratchFolder _folder = new();

    /// <summary>Every optimizer, kind of schedule, way to stop and source of randomness is in one of them.</summary>
    public static TheoryData<string, string, TrainOptions> Recipes { get; } = new()
    {
        { "iris.csv", "species", Of("adam") with { Patience = 2, Dropout = 0.3, Metric = "accuracy" } },
        { "iris.csv", "species", Of("adam", "plateau:patience=1,factor=0.5") with { Precision = Precision.Double } },
        {
            "penguins.csv", "species",
            Of("nadam", "cosine:warmup=7") with { ClassWeights = "balanced", Clip = Clip.Parse("norm=0.5") }
        },
        { "penguins.csv", "species", Of("adamw", "step:every=2,factor=0.3") with { Shuffle = false, Test = 0.2 } },
        { "diabetes.csv", "progression", Of("momentum") with { Precision = Precision.Double, Dropout = 0.1 } },
        { "diabetes.csv", "progression", Of("nesterov", "exponential:factor=0.9") with { L1 = 0.001, L2 = 0.01 } },
        { "diabetes.csv", "progression", Of("adagrad") with { Validation = 0, Batch = 50 } },
        { "diabetes.csv", "progression", Of("rmsprop") with { Loss = Loss.Parse("huber"), Patience = 1 } },
        { "iris.csv", "species", Of("lion") with { Clip = Clip.Parse("value=0.01") } },
        { "iris.csv", "species", Of("rprop") with { Batch = 0, Epochs = 12 } },
        {
            "iris.csv", "species",
            Of("gradient-descent") with { Layers = [8, 5], Activations = ["tanh", "gelu"], Batch = 1, Epochs = 2 }
        },
        { "penguins.csv", "species", Of("adam") with { Layers = [70, 40], Batch = 64, LabelSmoothing = 0.1 } },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Interrupted_at_any_step_and_gone_on_with_any_number_of_threads_it_gives_the_same_file(
        string file, string target, TrainOptions options)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        TrainedModel whole = Model.Train(table, target, options);
        byte[] expected = Samples.Bytes(whole.Model);
        string path = Path.Combine(_folder.Path, "c.ckpt");
        // Every cut for the first steps, then wider apart; each run goes on from the last one's file.
        Checkpoint? from = null;
        int threads = 1;
        for (long cut = 0; cut < whole.Steps; cut += 1 + cut / 3)
        {
            if (cut == 0)
            {
                Assert.Throws<OperationCanceledException>(() => Train(table, target, options, from, path, cut, threads));
            }
            else
            {
                TrainedModel part = Train(table, target, options, from, path, cut, threads);
                Assert.Equal((StopReason.Cancelled, cut), (part.Stopped, part.Steps));
            }

            from = Checkpoint.Load(path);
            Assert.Equal(cut, from.Step);
            threads = 1 + (threads % 3);
        }

        TrainedModel last = Train(table, target, options, from, path, null, threads);
        Assert.Equal(
            (whole.Stopped, whole.Steps, whole.Epochs, whole.BestEpoch), (last.Stopped, last.Steps, last.Epochs, last.BestEpoch));
        Assert.Equal(whole.TrainLoss, last.TrainLoss);
        Assert.Equal(expected, Samples.Bytes(last.Model));
    }

    [Fact]
    public void Saving_after_every_step_changes_no_bit_and_what_is_left_is_the_end()
    {
        TrainOptions options = Of("adam") with { Patience = 2 };
        string path = Path.Combine(_folder.Path, "c.ckpt");
        TrainedModel plain = Model.Train(Samples.Iris(), "species", options);
        TrainedModel saved = Train(Samples.Iris(), "species", options, null, path, null, 1, TimeSpan.Zero);
        Assert.Equal(Samples.Bytes(plain.Model), Samples.Bytes(saved.Model));
        Assert.Equal(plain.Steps, Checkpoint.Load(path).Step);

        TrainedModel again = Train(Samples.Iris(), "species", options, Checkpoint.Load(path), path, null, 2);
        Assert.Equal(plain.Stopped, again.Stopped);
        Assert.Equal(Samples.Bytes(plain.Model), Samples.Bytes(again.Model));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Epochs_can_say_when_to_save()
    {
        string path = Path.Combine(_folder.Path, "c.ckpt");
        int saved = 0;
        _ = Model.Train(Samples.Iris(), "species", Of("adam") with { Epochs = 7 }, new RunOptions
        {
            Checkpoint = new CheckpointOptions { Path = path, EveryEpochs = 3, Saving = () => saved++ },
        });
        // After epochs 3 and 6, and at the end.
        Assert.Equal(3, saved);
    }

    [Fact]
    public void A_checkpoint_that_fails_ends_a_training_while_steps_are_left_and_after_the_last_is_told_of_beside_the_model()
    {
        string folder = Path.Combine(_folder.Path, "gone");
        var run = new RunOptions
        {
            Checkpoint = new CheckpointOptions
            {
                Path = Path.Combine(folder, "c.ckpt"),
                EveryEpochs = 2,
                Saving = () => Directory.Delete(folder),
            },
        };
        Directory.CreateDirectory(folder);
        string sentence = Assert.Throws<IOException>(() => Model.Train(Samples.Iris(), "species", Of("adam"), run)).Message;
        Assert.StartsWith("Training ended after step ", sentence, StringComparison.Ordinal);

        Directory.CreateDirectory(folder);
        TrainedModel trained = Model.Train(
            Samples.Iris(), "species", Of("adam"), run with { Checkpoint = run.Checkpoint with { EveryEpochs = 6 } });
        Assert.Contains("its folder does not exist", trained.CheckpointFailure!.Message, StringComparison.Ordinal);
        TrainedModel whole = Model.Train(Samples.Iris(), "species", Of("adam"));
        Assert.Null(whole.CheckpointFailure);
        Assert.Equal(Samples.Bytes(whole.Model), Samples.Bytes(trained.Model));
    }

    [Fact]
    public void Goes_on_with_a_start_from_another_model()
    {
        Model first = Model.Train(Samples.Iris(), "species", Of("adam")).Model;
        TrainOptions options = Of("momentum") with { Layers = null, StartFrom = StartingPoint.Of(first) };
        string path = Path.Combine(_folder.Path, "c.ckpt");
        TrainedModel whole = Model.Train(Samples.Iris(), "species", options);
        _ = Train(Samples.Iris(), "species", options, null, path, 5, 1);
        TrainedModel gone = Train(Samples.Iris(), "species", options, Checkpoint.Load(path), path, null, 1);
        Assert.Equal(Samples.Bytes(whole.Model), Samples.Bytes(gone.Model));

        Model other = Model.Train(Samples.Iris(), "species", Of("adam") with { Seed = 4 }).Model;
        string sentence = Refused(Samples.Iris(), options with { StartFrom = StartingPoint.Of(other) }, path);
        Assert.Contains("it started from other parameters than --start-from gives", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_inputs_and_another_recipe_are_refused_with_what_differs()
    {
        Table iris = Samples.Iris();
        TrainOptions options = Of("adam");
        string path = Path.Combine(_folder.Path, "c.ckpt");
        _ = Train(iris, "species", options, null, path, 5, 1);

        Assert.Contains(
            "training.batch is 32 there and 16 here", Refused(iris, options with { Batch = 16 }, path), StringComparison.Ordinal);
        Assert.Contains("seed is 3 there and 4 here", Refused(iris, options with { Seed = 4 }, path), StringComparison.Ordinal);
        Assert.Contains(
            "training.epochs is 5 there and 4 here", Refused(iris, options with { Epochs = 4 }, path), StringComparison.Ordinal);
        Assert.Contains("--start-from", Refused(iris, options with { Epochs = 6 }, path), StringComparison.Ordinal);
        Assert.Contains(
            "network.hidden is [\"8*relu\"] there and [\"9*relu\"] here",
            Refused(iris, options with { Layers = [9] }, path),
            StringComparison.Ordinal);

        string csv = Samples.Csv(iris, Enumerable.Range(0, 150));
        Assert.Contains(
            "had 150 rows, and these have 149",
            Refused(Read(Samples.Csv(iris, Enumerable.Range(0, 149))), options, path),
            StringComparison.Ordinal);
        string line = csv.Split('\n')[42];
        string other = line.Replace(line.Split(',')[1], "3.05", StringComparison.Ordinal);
        Assert.Contains(
            "the column 'sepal_width' of the training data has other cells",
            Refused(Read(csv.Replace(line, other, StringComparison.Ordinal)), options, path), StringComparison.Ordinal);
        Assert.Contains(
            "no tables of their own for the test data",
            Refused(iris, options with { TestTable = iris }, path),
            StringComparison.Ordinal);
    }

    static Table Read(string csv)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "t.csv");
        File.WriteAllText(path, csv);
        return Table.ReadCsv(path);
    }

    static string Refused(Table table, TrainOptions options, string path) => Assert.Throws<BackpropException>(
        () => Model.Train(table, "species", options, new RunOptions { Resume = Checkpoint.Load(path) })).Message;

    static TrainOptions Of(string optimizer, string schedule = "constant") => Samples.Short with
    {
        Optimizer = Optimizer.Parse(optimizer),
        Schedule = Schedule.Parse(schedule),
        Batch = 32,
    };

    /// <summary>Trains, saving at the end, which is after so many steps.</summary>
    static TrainedModel Train(
        Table table, string target, TrainOptions options, Checkpoint? from, string path, long? end, int threads,
        TimeSpan? interval = null)
    {
        using var limit = new StepLimit(
            new RunOptions
            {
                Resume = from,
                Threads = threads,
                Checkpoint = new CheckpointOptions { Path = path, Interval = interval ?? TimeSpan.FromDays(1) },
            },
            end);
        return Model.Train(table, target, options, limit.Options);
    }
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>Trainings and predictions at once in one process: none changes a bit of another.</summary>
public sealed class AtOnceTests
{
    const int Rounds = 5;

    [Fact]
    public void Trainings_at_once_give_the_files_that_each_gives_alone()
    {
        Func<byte[]>[] trainings =
        [
            Training(Samples.Penguins(), "species", 2, new()
            {
                Layers = [70, 40], Epochs = 12, Batch = 64, Dropout = 0.2, ClassWeights = "balanced", Shards = 3,
            }),
            Training(Samples.Diabetes(), "progression", 1, new()
            {
                Layers = [30], Epochs = 12, Precision = Precision.Double, Optimizer = Optimizer.Parse("rmsprop"), Seed = 5,
            }),
            Training(Samples.Iris(), "species", 2, new() { Layers = [150], Epochs = 20, Activations = ["gelu"], Patience = 4 }),
            Training(Samples.Penguins(), "species", 1, new() { Layers = [70, 40], Epochs = 12, Batch = 64, Seed = 9 }),
        ];
        byte[][] alone = [.. trainings.Select(training => training())];
        for (int round = 0; round < Rounds; round++)
        {
            // Two at once in every pairing, then all.
            int[] taken = round < trainings.Length - 1 ? [0, round + 1] : [.. Enumerable.Range(0, trainings.Length)];
            byte[][] together = AtOnce([.. taken.Select(i => trainings[i])]);
            for (int i = 0; i < taken.Length; i++)
                Assert.Equal(alone[taken[i]], together[i]);
        }
    }

    [Fact]
    public void One_table_and_one_loaded_model_serve_trainings_and_predictions_at_once()
    {
        Table penguins = Samples.Penguins();
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "m.onnx");
        TrainOptions options = Samples.Short with { Layers = [40, 20] };
        Model.Train(penguins, "species", options).Model.Save(path);
        var model = Model.Load(path);
        long[] bits = Samples.Bits(model, penguins);
        byte[] bytes = Samples.Bytes(model);
        IReadOnlyList<KeyValuePair<string, double?>> scores = model.Evaluate(penguins).Values;

        byte[][] done = AtOnce(
        [
            Training(penguins, "species", 2, options),
            Training(penguins, "species", 1, options),
            () => Always(() => Samples.Bits(model, penguins).SequenceEqual(bits)),
            () => Always(() => Samples.Bits(model, penguins).SequenceEqual(bits)),
            () => Always(() => model.Evaluate(penguins).Values.SequenceEqual(scores)),
            () => Always(() => Samples.Bytes(model).SequenceEqual(bytes)),
            () => Always(() => model.CheckGradients(penguins).Passed),
            () => Always(() => model.Explain(penguins, [0, 3]).Rows.Length == 2),
        ]);
        Assert.Equal(bytes, done[0]);
        Assert.Equal(bytes, done[1]);

        byte[] Always(Func<bool> holds)
        {
            for (int i = 0; i < Rounds; i++)
                Assert.True(holds());
            return bytes;
        }
    }

    static Func<byte[]> Training(Table table, string target, int threads, TrainOptions options) =>
        () => Samples.Bytes(Model.Train(table, target, options, new RunOptions { Threads = threads }).Model);

    static byte[][] AtOnce(Func<byte[]>[] works)
    {
        using var start = new Barrier(works.Length);
        var results = new byte[works.Length][];
        var failures = new Exception?[works.Length];
        Thread[] threads = [.. works.Select((work, i) => new Thread(() =>
        {
            start.SignalAndWait();
            failures[i] = Record.Exception(() => results[i] = work());
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(failures, Assert.Null);
        return results;
    }
}

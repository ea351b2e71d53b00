using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>What happens while a training runs: cancelling, progress, observing.</summary>
public sealed class RunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    public void A_cancelled_training_gives_a_model_that_predicts_and_can_be_saved(int atStep)
    {
        using var source = new CancellationTokenSource();
        var watcher = new Watcher { OnStep = step => { if (step.Step == atStep) source.Cancel(); } };
        TrainedModel trained = Model.Train(
            Samples.Iris(), "species", Samples.Short with { Epochs = 1000, Batch = 32 },
            new RunOptions { Observer = watcher, Cancellation = source.Token });

        // 120 training rows: 4 steps an epoch.
        Assert.Equal(StopReason.Cancelled, trained.Stopped);
        Assert.Equal(atStep, trained.Steps);
        Assert.Equal(atStep / 4, trained.Epochs);
        Assert.Equal(atStep < 4, double.IsNaN(trained.TrainLoss));
        Assert.Equal(30, trained.Validation!.Rows);
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "m.onnx");
        trained.Model.Save(path);
        Assert.Equal(Samples.Bits(trained.Model, Samples.Iris()), Samples.Bits(Model.Load(path), Samples.Iris()));
    }

    [Fact]
    public void A_training_cancelled_before_its_first_step_gives_no_model()
    {
        var cancelled = new CancellationToken(canceled: true);
        OperationCanceledException error = Assert.Throws<OperationCanceledException>(
            () => Model.Train(Samples.Iris(), "species", Samples.Short, new RunOptions { Cancellation = cancelled }));
        Assert.Equal(cancelled, error.CancellationToken);
    }

    [Fact]
    public void A_training_cancelled_after_an_epoch_is_that_of_fewer_epochs()
    {
        TrainOptions options = Samples.Short with { Validation = 0, Epochs = 9 };
        using var source = new CancellationTokenSource();
        var watcher = new Watcher { OnEpoch = epoch => { if (epoch == 4) source.Cancel(); } };
        Model cancelled = Model.Train(
            Samples.Iris(), "species", options, new RunOptions { Observer = watcher, Cancellation = source.Token }).Model;
        Model four = Model.Train(Samples.Iris(), "species", options with { Epochs = 4 }).Model;
        Assert.Equal(four.ParameterHash, cancelled.ParameterHash);
    }

    [Fact]
    public void Progress_is_told_of_every_epoch_and_changes_no_bit()
    {
        var reports = new List<TrainingProgress>();
        var watcher = new Watcher();
        TrainingStart? start = null;
        int before = -1;
        var run = new RunOptions
        {
            Progress = reports.Add,
            Observer = watcher,
            Started = told => (start, before) = (told, watcher.Steps),
        };
        TrainedModel trained = Model.Train(Samples.Iris(), "species", Samples.Short with { Metric = "accuracy" }, run);

        Assert.Equal(
            Model.Train(Samples.Iris(), "species", Samples.Short with { Metric = "accuracy" }).Model.ModelHash,
            trained.Model.ModelHash);
        Assert.Equal(0, before);
        Assert.Equal((150, 120), (start!.Rows, start.TrainingRows));
        Assert.Equal(trained.Model.Recipe.ToJson(), start.Recipe.ToJson());
        Assert.Equal(trained.Model.Columns, start.Columns);
        Assert.Equal(trained.Steps, watcher.Steps);
        Assert.Equal(5, watcher.Epochs);
        TrainingProgress[] ends = [.. reports.Where(report => !double.IsNaN(report.Metric)).DistinctBy(report => report.Epoch)];
        Assert.Equal([1, 2, 3, 4, 5], ends.Select(report => report.Epoch));
        Assert.All(ends, report => Assert.Equal((5, "accuracy"), (report.Epochs, report.MetricName)));
        Assert.Equal(trained.BestEpoch, ends[^1].BestEpoch);
        Assert.Equal(trained.TrainLoss, reports[^1].Loss);
    }

    sealed class Watcher : ITrainingObserver
    {
        public Action<StepEvent>? OnStep { get; init; }

        public Action<int>? OnEpoch { get; init; }

        public int Steps { get; private set; }

        public int Epochs { get; private set; }

        void ITrainingObserver.OnStep(in StepEvent step)
        {
            Steps++;
            OnStep?.Invoke(step);
        }

        void ITrainingObserver.OnEpoch(in EpochEvent epoch)
        {
            Epochs++;
            OnEpoch?.Invoke(epoch.Epoch);
        }
    }
}

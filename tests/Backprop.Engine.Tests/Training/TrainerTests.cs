using Xunit;

namespace Backprop.Engine.Tests;

public sealed class TrainerTests
{
    static readonly Network s_network = new(3, [new Dense(5, Activation.Tanh), new Dense(2, Activation.Linear)]);

    static readonly TrainingOptions s_options = new()
    {
        BatchSize = 4,
        Epochs = 10,
        Update = new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = 0.05 },
    };

    [Fact]
    public void Learns_exclusive_or()
    {
        var inputs = new Matrix<float>(4, 2);
        var targets = new Matrix<float>(4, 1);
        for (int r = 0; r < 4; r++)
            (inputs[r, 0], inputs[r, 1], targets[r, 0]) = (r & 1, r >> 1, (r & 1) ^ (r >> 1));

        var network = new Network(2, [new Dense(8, Activation.Tanh), new Dense(1, Activation.Logistic)]);
        var options = new TrainingOptions
        {
            Loss = Loss.LogisticCrossEntropy(),
            BatchSize = 0,
            Epochs = 300,
            Update = new UpdateOptions { LearningRate = 0.05 },
        };
        TrainingResult<float> result = new Trainer<float>(options).Train(
            Initializer.GlorotUniform.Create<float>(network, 1), new Examples<float>(inputs, targets));
        Assert.True(result.Loss < 0.02, $"The loss is {result.Loss}.");
        Matrix<float> outputs = new Predictor<float>(result.Parameters).Predict(inputs);
        for (int r = 0; r < 4; r++)
            Assert.Equal(targets[r, 0], outputs[r, 0], 0.1f);
    }

    [Theory]
    [InlineData(false, new[] { 5.0, 3, 4, 3, 1 }, 2, 2, 4)]
    [InlineData(true, new[] { 5.0, 6, 4, 6, 9 }, 2, 2, 4)]
    [InlineData(false, new[] { double.NaN, 3, 2, double.NaN, 2.5, 1 }, 2, 3, 5)]
    [InlineData(false, new[] { double.NaN, double.NaN, double.NaN }, 2, 1, 3)]
    [InlineData(false, new[] { 1.0, 1, 1, 1 }, 1, 1, 2)]
    public void Stops_after_patience_and_keeps_the_best_epoch(
        bool higherIsBetter, double[] values, int patience, int best, int stopped)
    {
        var validation = new FakeValidation(higherIsBetter, values);
        var recorder = new Recorder();
        Parameters<double> parameters = Sample.Parameters<double>(s_network, 1);
        TrainingResult<double> result = new Trainer<double>(s_options with { Patience = patience })
            .Train(parameters, Rows(20), validation, recorder);
        Assert.Equal(StopReason.NoImprovement, result.Stopped);
        Assert.Equal(stopped, result.Epochs);
        Assert.Equal(best, result.BestEpoch);
        Assert.Equal(validation.Hashes[best - 1], result.Parameters.Hash());
        Assert.Equal(validation.Hashes[^1], parameters.Hash());
        Assert.Equal(stopped, validation.Hashes.Count);
        Assert.True(recorder.Epochs[best - 1].IsBest);
        Assert.False(recorder.Epochs[^1].IsBest);
        Assert.Equal([-1.0, values[1]], recorder.Epochs[1].Metrics);
    }

    [Fact]
    public void Without_patience_the_best_epoch_is_kept_too()
    {
        var validation = new FakeValidation(false, 3, 1, 2);
        TrainingResult<double> result = new Trainer<double>(s_options with { Epochs = 3 })
            .Train(Sample.Parameters<double>(s_network, 1), Rows(20), validation);
        Assert.Equal((StopReason.Completed, 3, 2, 15L), (result.Stopped, result.Epochs, result.BestEpoch, result.Steps));
        Assert.Equal(validation.Hashes[1], result.Parameters.Hash());
    }

    [Fact]
    public void Cancelled_between_steps_it_gives_the_parameters_so_far()
    {
        using var source = new CancellationTokenSource();
        var recorder = new Recorder(step =>
        {
            if (step.Step == 7)
                source.Cancel();
        });
        TrainingOptions options = s_options with { Shuffle = false };
        TrainingResult<double> result = new Trainer<double>(options)
            .Train(Sample.Parameters<double>(s_network, 1), Rows(20), observer: recorder, cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, 1, 1, 7L), (result.Stopped, result.Epochs, result.BestEpoch, result.Steps));
        Assert.Equal(recorder.Epochs[0].Loss, result.Loss);

        // Five steps of the first epoch and two of the second.
        Parameters<double> expected = Sample.Parameters<double>(s_network, 1);
        new Trainer<double>(options with { Epochs = 1 }).Train(expected, Rows(20));
        new Trainer<double>(options with { Epochs = 1 }).Train(expected, Rows(20).Take([.. Enumerable.Range(0, 8)]));
        Assert.Equal(expected.Hash(), result.Parameters.Hash());
    }

    [Fact]
    public void Cancelled_before_the_first_step_it_gives_what_it_was_given()
    {
        Parameters<double> parameters = Sample.Parameters<double>(s_network, 1);
        string hash = parameters.Hash();
        TrainingResult<double> result = new Trainer<double>(s_options)
            .Train(parameters, Rows(20), new FakeValidation(false), cancellation: new CancellationToken(canceled: true));
        Assert.Equal((StopReason.Cancelled, 0, 0, 0L), (result.Stopped, result.Epochs, result.BestEpoch, result.Steps));
        Assert.True(double.IsNaN(result.Loss));
        Assert.Equal(hash, result.Parameters.Hash());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_loss_that_grows_beyond_numbers_ends_with_step_cause_and_advice(int threads)
    {
        var linear = new Network(3, [new Dense(2, Activation.Linear)]);
        TrainingOptions options = s_options with { Update = s_options.Update with { LearningRate = 1e30 }, Shuffle = false };
        Parameters<double> parameters = Sample.Parameters<double>(linear, 1);
        TrainingDivergedException thrown = Assert.Throws<TrainingDivergedException>(
            () => new Trainer<double>(options, threads).Train(parameters, Rows(20)));
        Assert.Equal(2, thrown.Epoch);
        Assert.Equal(7, thrown.Step);
        Assert.Equal(
            "Training diverged in epoch 2, step 7: the loss is Infinity. The likely cause is a learning rate of 1E+30 that is "
            + "too high for these data; try a tenth of it, or clip the gradient's norm.",
            thrown.Message);

        // The step of the infinite loss was not taken: five and one before it were.
        Parameters<double> six = Sample.Parameters<double>(linear, 1);
        new Trainer<double>(options with { Epochs = 1 }).Train(six, Rows(20));
        new Trainer<double>(options with { Epochs = 1 }).Train(six, Rows(20).Take([0, 1, 2, 3]));
        Assert.Equal(six.Hash(), parameters.Hash());
    }

    [Fact]
    public void A_parameter_that_is_no_number_after_the_last_step_is_divergence_too()
    {
        var linear = new Network(3, [new Dense(2, Activation.Linear)]);
        TrainingOptions options = s_options with
        {
            Update = s_options.Update with { LearningRate = 1e39 },
            BatchSize = 0,
            Epochs = 1,
        };
        var rows = new Examples<float>(Sample.Matrix<float>(20, 3, 5), Sample.Matrix<float>(20, 2, 6));
        TrainingDivergedException thrown = Assert.Throws<TrainingDivergedException>(
            () => new Trainer<float>(options).Train(Sample.Parameters<float>(linear, 1), rows));
        Assert.Equal((1, 1L), (thrown.Epoch, thrown.Step));
        Assert.StartsWith("Training diverged in epoch 1, step 1: a parameter is ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schedule_plateau_follows_the_validation()
    {
        var recorder = new Recorder();
        TrainingOptions options = s_options with
        {
            Epochs = 6,
            Update = s_options.Update with { Schedule = Schedule.Parse("plateau:factor=0.5,patience=0") },
        };
        new Trainer<double>(options).Train(
            Sample.Parameters<double>(s_network, 1), Rows(20), new FakeValidation(false, 4, 4, 4, 3, 3, 2), recorder);
        Assert.Equal([0.05, 0.05, 0.025, 0.0125, 0.0125, 0.00625], recorder.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void An_epochs_loss_is_the_weighted_mean_of_its_rows_losses()
    {
        // One batch of all rows, so its losses are those of the starting parameters; more rows than a chunk holds.
        const int rows = 1200;
        double[] weights = Sample.Weights(rows, 9);
        var examples = new Examples<double>(Sample.Matrix<double>(rows, 3, 5), Sample.Matrix<double>(rows, 2, 6), weights);
        Parameters<double> parameters = Sample.Parameters<double>(s_network, 1);
        double before = new LossValidation<double>(s_network, Loss.Squared, examples).MeanLoss(parameters);
        (double sum, _, _, _, _) = PlainNetwork.Run(
            parameters, GradientCase.Rows(Sample.Matrix<double>(rows, 3, 5)),
            GradientCase.Rows(Sample.Matrix<double>(rows, 2, 6)),
            weights, Loss.Squared, Reduction.Sum);
        Assert.Equal(sum / weights.Sum(), before, 1e-14);

        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            var recorder = new Recorder();
            var options = new TrainingOptions { BatchSize = 0, Epochs = 1, Reduction = reduction };
            var start = new Parameters<double>(s_network);
            start.CopyFrom(parameters);
            TrainingResult<double> result = new Trainer<double>(options).Train(start, examples, observer: recorder);
            Assert.Equal(before, result.Loss);
            Assert.Equal(before, recorder.Epochs[0].Loss);
            Assert.Equal(reduction == Reduction.Sum ? sum : sum / rows, recorder.Steps[0].Loss, 1e-14 * sum);
        }
    }

    [Fact]
    public void The_last_batch_may_be_short_and_counts_its_own_rows()
    {
        var recorder = new Recorder();
        Parameters<double> parameters = Sample.Parameters<double>(s_network, 1);
        TrainingOptions options = s_options with { Shuffle = false, Epochs = 1 };
        TrainingResult<double> result = new Trainer<double>(options).Train(parameters, Rows(10), observer: recorder);
        Assert.Equal([4, 8, 10], recorder.Steps.Select(step => step.Rows));
        Assert.Equal([1L, 2, 3], recorder.Steps.Select(step => step.Step));
        Assert.All(recorder.Steps, step => Assert.Equal((1, 3L, 0.05), (step.Epoch, step.Steps, step.LearningRate)));
        Assert.Equal(
            (recorder.Steps[0].Loss * 4 + recorder.Steps[1].Loss * 4 + recorder.Steps[2].Loss * 2) / 10, result.Loss, 1e-14);

        // The same in two trainings, the second of which is one batch of two rows.
        Parameters<double> expected = Sample.Parameters<double>(s_network, 1);
        new Trainer<double>(options).Train(expected, Rows(10).Take([.. Enumerable.Range(0, 8)]));
        new Trainer<double>(options with { BatchSize = 0 }).Train(expected, Rows(10).Take([8, 9]));
        Assert.Equal(expected.Hash(), parameters.Hash());
    }

    [Fact]
    public void A_batch_larger_than_the_rows_is_all_of_them()
    {
        Parameters<double> all = Sample.Parameters<double>(s_network, 1);
        Parameters<double> larger = Sample.Parameters<double>(s_network, 1);
        new Trainer<double>(s_options with { BatchSize = 0 }).Train(all, Rows(10));
        new Trainer<double>(s_options with { BatchSize = 11 }).Train(larger, Rows(10));
        Assert.Equal(all.Hash(), larger.Hash());
    }

    [Fact]
    public void Every_epoch_has_an_order_of_its_own_that_the_seed_decides()
    {
        double[] first = FirstLosses(1);
        Assert.Equal(first, FirstLosses(1));
        Assert.NotEqual(first, FirstLosses(2));
        Assert.Equal(first.Length, first.Distinct().Count());

        // The parameters hardly move, so a step's loss tells which row it took.
        static double[] FirstLosses(ulong seed)
        {
            var recorder = new Recorder();
            TrainingOptions options = s_options with
            {
                BatchSize = 1,
                Epochs = 3,
                Seed = seed,
                Update = s_options.Update with { LearningRate = 1e-300 },
            };
            new Trainer<double>(options).Train(Sample.Parameters<double>(s_network, 1), Rows(50), observer: recorder);
            double[][] epochs = [.. recorder.Steps.Select(step => step.Loss).Chunk(50)];
            Assert.Equal(epochs[0].Order(), epochs[1].Order());
            return [.. epochs.Select(losses => losses[0])];
        }
    }

    [Fact]
    public void Dropout_is_for_steps_alone()
    {
        // All of the loss goes through hidden outputs, a fifth of which is dropped.
        var network = new Network(3, [new Dense(200, Activation.Logistic), new Dropout(0.2), new Dense(1, Activation.Linear)]);
        Parameters<double> parameters = Sample.Parameters<double>(network, 1);
        parameters.Weights[1][0].Clear();
        for (int i = 0; i < 200; i++)
            parameters.Weights[1][i, 0] = 1;
        parameters.Weights[0][0].Clear();
        var inputs = new Matrix<double>(500, 3);
        var rows = new Examples<double>(inputs, new Matrix<double>(500, 1));
        var recorder = new Recorder();
        var options = new TrainingOptions
        {
            BatchSize = 0,
            Epochs = 2,
            Shuffle = false,
            Update = new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = 1e-300 },
        };
        double without = new LossValidation<double>(network, Loss.Squared, rows).MeanLoss(parameters);
        new Trainer<double>(options).Train(parameters, rows, observer: recorder);
        double dropped = recorder.Steps[0].Loss;
        Assert.Equal(without, new LossValidation<double>(network, Loss.Squared, rows).MeanLoss(parameters));
        Assert.NotEqual(dropped, recorder.Steps[1].Loss);

        // (Σ m·x + b)² with E m = 1 and Var m = p/(1 − p): the mean grows by Σ x²·p/(1 − p). Its own deviation, over 500
        // rows, is 2·s·√(Σ x²·p/(1 − p)) / √500 with s the sum; five of these.
        double sum = Enumerable.Range(0, 200).Sum(i => 1 / (1 + Math.Exp(-parameters.Biases[0]![0, i])));
        double squares = Enumerable.Range(0, 200).Sum(i => Math.Pow(1 + Math.Exp(-parameters.Biases[0]![0, i]), -2));
        double variance = squares * 0.25;
        Assert.Equal(without + variance, dropped, 5 * 2 * sum * Math.Sqrt(variance / 500));
    }

    [Fact]
    public void Misfits_are_refused_in_words()
    {
        Parameters<double> parameters = Sample.Parameters<double>(s_network, 1);
        Refuses(
            "The rows have 4 inputs, but the network takes 3.", s_options,
            new Examples<double>(new Matrix<double>(2, 4), new Matrix<double>(2, 2)));
        Refuses(
            "The rows have 1 target, but the network has 2 outputs.", s_options,
            new Examples<double>(new Matrix<double>(2, 3), new Matrix<double>(2, 1)));
        Refuses(
            "Row 1 is of class 2, but the network has 2 outputs.", s_options,
            new Examples<double>(new Matrix<double>(2, 3), [0, 2]));
        Refuses(
            "The loss squared takes target values, not class indices.", s_options,
            new Examples<double>(new Matrix<double>(2, 3), [0, 1]));
        Refuses("There are no rows to train on.", s_options, Rows(0));
        Refuses(
            "No row to train on has a weight above 0.", s_options,
            new Examples<double>(new Matrix<double>(2, 3), new Matrix<double>(2, 2), [0, 0]));
        Refuses("Patience needs a validation to wait for.", s_options with { Patience = 1 }, Rows(4));
        Refuses(
            "The loss softmax-cross-entropy needs a softmax output, but this network's output is 2*linear.",
            s_options with { Loss = Loss.SoftmaxCrossEntropy() }, Rows(4));
        Refuses(
            "The schedule plateau:factor=0.1,patience=10,threshold=0.0001 follows a validation, and there is none.",
            s_options with { Update = new UpdateOptions { Schedule = Schedule.Parse("plateau") } }, Rows(4));
        Assert.Equal(Sample.Parameters<double>(s_network, 1).Hash(), parameters.Hash());

        void Refuses(string message, TrainingOptions options, Examples<double> rows) => Assert.Equal(
            message, Assert.Throws<ArgumentException>(() => new Trainer<double>(options).Train(parameters, rows)).Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused_in_words()
    {
        Refuses("The batch must have 1 row or more, or 0 for all; it is -1.", s_options with { BatchSize = -1 });
        Refuses("There must be 1 epoch or more, not 0.", s_options with { Epochs = 0 });
        Refuses("Patience must be 0 epochs or more; it is -1.", s_options with { Patience = -1 });
        Refuses("A training needs a loss.", default);
        Refuses(
            "The optimizer rprop compares the signs of whole gradients and needs the full batch, not batches of 32 rows.",
            new TrainingOptions { Update = new UpdateOptions { Optimizer = Optimizer.Rprop() } });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer<double>(s_options, threads: -1));

        static void Refuses(string message, TrainingOptions options) =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Trainer<double>(options)).Message);
    }

    [Fact]
    public void A_validation_refuses_what_it_cannot_measure()
    {
        Assert.Equal(
            "There are no rows to validate on.",
            Assert.Throws<ArgumentException>(() => new LossValidation<double>(s_network, Loss.Squared, Rows(0))).Message);
        var weightless = new Examples<double>(new Matrix<double>(2, 3), new Matrix<double>(2, 2), [0, 0]);
        Assert.Equal(
            "No row to validate on has a weight above 0.",
            Assert.Throws<ArgumentException>(() => new LossValidation<double>(s_network, Loss.Squared, weightless)).Message);
        var classes = new Examples<double>(new Matrix<double>(2, 3), [0, 1]);
        Assert.Equal(
            "The loss squared takes target values, not class indices.",
            Assert.Throws<ArgumentException>(() => new LossValidation<double>(s_network, Loss.Squared, classes)).Message);
    }

    static Examples<double> Rows(int count) => new(Sample.Matrix<double>(count, 3, 5), Sample.Matrix<double>(count, 2, 6));
}

using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Trainings of networks with scale and normalisations.</summary>
public sealed class NormTrainingTests
{
    const int Rows = 38;

    static readonly Network s_batches = new(
        6, new BatchNorm(), new Dense(19, Activation.Tanh, bias: false), new BatchNorm(0.3), new Dropout(0.2),
        new Dense(40, Activation.Relu), new Scale(), new BatchNorm(epsilon: 0.01), new Dense(3, Activation.Linear),
        new Softmax());

    static readonly Network s_rows = new(
        6, new LayerNorm(), new Dense(19, Activation.Tanh), new Scale(), new LayerNorm(0.1), new Dropout(0.2),
        new Dense(40, Activation.Gelu), new LayerNorm(), new Dense(3, Activation.Linear), new Softmax());

    static readonly Examples<float> s_examples = new(
        Sample.Matrix<float>(Rows, 6, 1), Sample.Classes(Rows, 3, 2), Sample.Weights(Rows, 3));

    static TrainingOptions Options(int shards) => new()
    {
        Loss = Loss.SoftmaxCrossEntropy(),
        Update = new UpdateOptions { Optimizer = Optimizer.AdamW(), LearningRate = 0.01, L2 = 0.01 },
        BatchSize = 16,
        Shards = shards,
        Epochs = 3,
    };

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(1, 0.5)]
    public void Threads_chunks_and_widths_change_no_bit(int shards, double? norm)
    {
        TrainingOptions options = Options(shards);
        if (norm is { } limit)
            options = options with { Update = options.Update with { Clip = Clip.ByNorm(limit) } };
        foreach (Network network in (Network[])[s_batches, s_rows])
        {
            string expected = Hash(network, options, new CpuOptions(1, LaneWidth.Reference));
            foreach (LaneWidth width in LaneWidths.All)
                Assert.Equal(expected, Hash(network, options, new CpuOptions(1, width)));
            foreach (int threads in (int[])[2, 3])
            {
                foreach (int chunk in (int[])[1, 3, 512])
                    Assert.Equal(expected, Hash(network, options, new CpuOptions(threads, LaneWidths.Best, chunk)));
            }
        }
    }

    /// <summary>Each shard by the public flows as if it were a batch, its statistics taken in one after the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_loop_of_ones_own_gives_the_bits_of_the_trainer(int shards)
    {
        var network = new Network(
            6, new Scale(), new BatchNorm(), new Dense(19, Activation.Tanh), new BatchNorm(0.4), new LayerNorm(),
            new Dense(3, Activation.Linear), new Softmax());
        TrainingOptions options = Options(shards) with { Reduction = Reduction.Sum, Shuffle = false };
        Parameters<float> trained = Start(network);
        new Trainer<float>(options, 2).Train(trained, s_examples);

        Parameters<float> parameters = Start(network);
        var values = new ValueFlow<float>(network);
        var errors = new ErrorFlow<float>(network, options.Loss, Reduction.Sum);
        var updater = new Updater<float>(network, options.Update);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            foreach (int[] batch in Enumerable.Range(0, Rows).Chunk(16))
            {
                Parameters<float>? sum = null;
                foreach (int[] rows in batch.Chunk((batch.Length + shards - 1) / shards))
                {
                    var workspace = new Workspace<float>(network, rows.Length);
                    workspace.Load(s_examples.Take(rows));
                    var gradient = new Parameters<float>(network);
                    values.Learn(parameters, workspace);
                    _ = errors.Run(parameters, workspace, gradient);
                    values.UpdateStatistics(parameters, workspace);
                    for (int i = 0; sum is not null && i < sum.Buffer.Length; i++)
                        sum.Buffer.Span[i] += gradient.Buffer.Span[i];
                    sum ??= gradient;
                }

                _ = updater.Step(parameters, sum!, epoch);
            }
        }

        Assert.Equal(parameters.Hash(), trained.Hash());
    }

    [Fact]
    public void Running_statistics_go_towards_those_of_the_rows_and_are_what_predicts()
    {
        var network = new Network(2, new BatchNorm(0.5), new Dense(1, Activation.Linear));
        Matrix<double> inputs = Matrix<double>.From(new double[,] { { 1, -4 }, { 3, 0 }, { 5, 4 } });
        var examples = new Examples<double>(inputs, new Matrix<double>(3, 1));
        Parameters<double> parameters = Initializer.Zeros.Create<double>(network, 1);
        new Trainer<double>(new TrainingOptions
        {
            Loss = Loss.Squared,
            Update = new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = 0.1 },
            Epochs = 2,
        }).Train(parameters, examples);

        // Mean (3, 0) and variances 8/3 and 32/3, by n − 1 rows 4 and 16: twice half of the way from 0 and 1.
        Assert.Equal([2.25, 0], parameters.Tensors[2][0].ToArray());
        Assert.Equal([3.25, 12.25], parameters.Tensors[3][0].ToArray());
    }

    [Theory]
    [InlineData(9, 4, 1, "but the last batch of an epoch has 1 row; choose another batch size.")]
    [InlineData(11, 4, 2, "but the last batch of an epoch has 3 rows in 2 shards; choose another batch size.")]
    [InlineData(8, 1, 1, "but a batch has 1 row; choose another batch size.")]
    [InlineData(12, 4, 3, "but a batch has 4 rows in 3 shards; choose another batch size.")]
    [InlineData(65_537, 0, 1, "but a batch of 65537 rows has 65537 in a shard; choose a smaller batch size or more shards.")]
    public void Refuses_shards_too_small_or_too_large_for_batch_statistics(int rows, int batch, int shards, string sentence)
    {
        TrainingOptions options = new()
        {
            Loss = Loss.Squared,
            Update = new UpdateOptions { LearningRate = 0.1 },
            BatchSize = batch,
            Shards = shards,
            Epochs = 1,
        };
        var examples = new Examples<float>(new Matrix<float>(rows, 1), new Matrix<float>(rows, 1));
        var network = new Network(1, new BatchNorm(), new Dense(1, Activation.Linear));
        var error = Assert.Throws<ArgumentException>(
            () => new Trainer<float>(options).Train(Sample.Parameters<float>(network, 1), examples));
        Assert.EndsWith(sentence, error.Message, StringComparison.Ordinal);
        Assert.Null(error.ParamName);

        var other = new Network(1, new LayerNorm(), new Dense(1, Activation.Linear));
        Assert.Equal(1, new Trainer<float>(options).Train(Sample.Parameters<float>(other, 1), examples).Epochs);
    }

    static string Hash(Network network, TrainingOptions options, CpuOptions cpu)
    {
        Parameters<float> parameters = Start(network);
        new Trainer<float>(options, cpu).Train(parameters, s_examples);
        return parameters.Hash();
    }

    static Parameters<float> Start(Network network) => Initializer.GlorotUniform.Create<float>(network, 7);
}

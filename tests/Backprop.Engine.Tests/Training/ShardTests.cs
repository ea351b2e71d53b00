using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The gradient of a batch that is cut into shards is a sum of sums, by a fixed tree.</summary>
public sealed class ShardTests
{
    const int Rows = 37;

    static readonly Network s_network = new(
        6, [new Dense(19, Activation.Tanh), new Dense(40, Activation.Relu), new Dense(3, Activation.Linear), new Softmax()]);

    static readonly Examples<float> s_examples = new(
        Sample.Matrix<float>(Rows, 6, 1), Sample.Classes(Rows, 3, 2), Sample.Weights(Rows, 3));

    /// <summary>The last batch of 5 rows is shorter than some numbers of shards.</summary>
    static TrainingOptions Options(int shards) => new()
    {
        Loss = Loss.SoftmaxCrossEntropy(),
        Reduction = Reduction.Sum,
        Update = new UpdateOptions { Optimizer = Optimizer.AdamW(), LearningRate = 0.01, Clip = Clip.ByNorm(0.5) },
        BatchSize = 16,
        Shards = shards,
        Shuffle = false,
        Epochs = 3,
    };

    /// <summary>Each part of each batch by the public flows, as if it were a batch, and the tree by hand.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(16)]
    public void The_gradient_is_the_parts_gradients_added_in_pairs(int shards)
    {
        Parameters<float> trained = Start(s_network);
        new Trainer<float>(Options(shards)).Train(trained, s_examples);

        Parameters<float> parameters = Start(s_network);
        var values = new ValueFlow<float>(s_network);
        var errors = new ErrorFlow<float>(s_network, Loss.SoftmaxCrossEntropy(), Reduction.Sum);
        var updater = new Updater<float>(s_network, Options(shards).Update);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            for (int start = 0; start < Rows; start += 16)
            {
                int count = Math.Min(16, Rows - start);
                List<Parameters<float>> parts = [];
                for (int shard = 0; shard < shards; shard++)
                {
                    int[] rows = [.. Enumerable.Range(start, count).Where(row => ShardOf(row - start, count, shards) == shard)];
                    var gradient = new Parameters<float>(s_network);
                    if (rows.Length > 0)
                    {
                        var workspace = new Workspace<float>(s_network, rows.Length);
                        workspace.Load(s_examples.Take(rows));
                        values.Run(parameters, workspace);
                        _ = errors.Run(parameters, workspace, gradient);
                    }

                    parts.Add(gradient);
                }

                _ = updater.Step(parameters, Sum(parts), epoch, 9);
            }
        }

        Assert.Equal(parameters.Hash(), trained.Hash());
    }

    /// <summary>
    /// Dropout, weights, the mean over the whole batch; parts, chunks, threads and widths that divide nothing evenly.
    /// </summary>
    [Fact]
    public void Threads_chunks_and_widths_change_no_bit()
    {
        Network network = DenseNetworks.Of(6, DenseNetworks.Dropping(0.2, [.. s_network.DenseLayers()]), softmax: true);
        foreach (int shards in (int[])[2, 3, 7])
        {
            TrainingOptions options = Options(shards) with { Reduction = Reduction.Mean, Shuffle = true };
            string expected = Hash(network, options, 1, LaneWidth.Reference, 512);
            foreach (LaneWidth width in LaneWidths.All)
                Assert.Equal(expected, Hash(network, options, 1, width, 512));
            foreach (int threads in (int[])[1, 2, 3])
            {
                foreach (int chunk in (int[])[1, 3, 512])
                    Assert.Equal(expected, Hash(network, options, threads, LaneWidths.Best, chunk));
            }
        }
    }

    [Fact]
    public void Their_number_decides_about_the_bits_and_one_is_none()
    {
        string[] hashes = [.. ((int[])[1, 2, 4]).Select(shards => Hash(s_network, Options(shards), 1, LaneWidths.Best, 512))];
        Assert.Equal(3, hashes.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(0, "1 to 1024 shards, not 0")]
    [InlineData(1025, "1 to 1024 shards, not 1025")]
    [InlineData(17, "A batch of 16 rows cannot be cut into 17 shards")]
    public void Refuses_a_number_that_makes_no_sense(int shards, string sentence) => Assert.Contains(
        sentence, Assert.Throws<ArgumentException>(() => Options(shards).Validate()).Message, StringComparison.Ordinal);

    static string Hash(Network network, TrainingOptions options, int threads, LaneWidth width, int chunk)
    {
        Parameters<float> parameters = Start(network);
        new Trainer<float>(options, new CpuOptions(threads, width, chunk)).Train(parameters, s_examples);
        return parameters.Hash();
    }

    static Parameters<float> Start(Network network) => Initializer.GlorotUniform.Create<float>(network, 7);

    /// <summary>Shard s has the rows from ⌊count·s/shards⌋ up to ⌊count·(s + 1)/shards⌋.</summary>
    static int ShardOf(int row, int count, int shards)
    {
        int shard = 0;
        while (row >= count * (shard + 1) / shards)
            shard++;
        return shard;
    }

    static Parameters<float> Sum(List<Parameters<float>> parts)
    {
        while (parts.Count > 1)
        {
            List<Parameters<float>> sums = [];
            for (int i = 0; i < parts.Count; i += 2)
            {
                if (i + 1 < parts.Count)
                    Add(parts[i], parts[i + 1]);
                sums.Add(parts[i]);
            }

            parts = sums;
        }

        return parts[0];
    }

    static void Add(Parameters<float> to, Parameters<float> from)
    {
        for (int k = 0; k < to.Weights.Length; k++)
        {
            for (int row = 0; row < to.Weights[k].Rows; row++)
            {
                for (int column = 0; column < to.Weights[k].Columns; column++)
                    to.Weights[k][row, column] += from.Weights[k][row, column];
            }

            for (int column = 0; column < to.Weights[k].Columns; column++)
                to.Biases[k]![0, column] += from.Biases[k]![0, column];
        }
    }
}

using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>A step of a narrow network gives the bits of the plain loops, which never take it.</summary>
public sealed class NarrowStepTests
{
    static readonly Activation[] s_activations =
        [
            Activation.Tanh, Activation.Relu, Activation.Logistic, Activation.Gelu, Activation.Linear, Activation.Softplus,
            Activation.Sine,
        ];

    [Theory]
    [InlineData("softmax")]
    [InlineData("smoothed")]
    [InlineData("logistic")]
    [InlineData("squared")]
    [InlineData("huber")]
    public void Random_networks_train_to_the_hash_of_the_plain_loops(string kind)
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            Check<float>(kind, seed);
            Check<double>(kind, seed);
        }
    }

    [Fact]
    public void Only_networks_of_narrow_layers_take_it()
    {
        Assert.True(Fits(new Network(32, [new Dense(32, Activation.Tanh)]), Loss.Squared));
        Assert.False(Fits(new Network(33, [new Dense(32, Activation.Tanh)]), Loss.Squared));
        Assert.False(Fits(new Network(32, [new Dense(33, Activation.Tanh)]), Loss.Squared));
        Assert.True(Fits(new Network(32, [new Dense(32, Activation.Tanh), new Dense(32, Activation.Tanh)]), Loss.Squared));
        Assert.False(Fits(
            new Network(32, [new Dense(32, Activation.Tanh), new Dropout(0.1), new Dense(32, Activation.Tanh)]), Loss.Squared));
        Assert.False(Fits(new Network(32, [new Dense(32, Activation.Tanh)]), Loss.Squared, width: LaneWidth.Reference));

        var softmax = new Network(4, [new Dense(3, Activation.Linear), new Softmax()]);
        Assert.True(Fits(softmax, Loss.SoftmaxCrossEntropy()));
        Assert.False(Fits(softmax, Loss.Squared));
    }

    static bool Fits(Network network, Loss loss, LaneWidth width = LaneWidth.Bits128) =>
        NarrowStep<float>.Fits(network, new TrainingOptions { Loss = loss }, 16, width);

    static void Check<T>(string kind, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        SampleTraining training = Training(kind, random);
        Assert.True(NarrowStep<T>.Fits(training.Network, training.Options, training.Options.BatchSize, LaneWidth.Bits128));
        string expected = Hash<T>(training, LaneWidth.Reference);
        foreach (LaneWidth width in LaneWidths.All)
            Assert.True(
                expected == Hash<T>(training, width),
                $"{kind} {seed} in {typeof(T).Name}: {width} differs from the plain loops.");
    }

    static string Hash<T>(SampleTraining training, LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Parameters<T> parameters = training.Start<T>();
        new Trainer<T>(training.Options, new CpuOptions(1, width)).Train(parameters, training.Examples<T>());
        return parameters.Hash();
    }

    static SampleTraining Training(string kind, Random random)
    {
        bool softmax = kind is "softmax" or "smoothed";
        Layer[] layers = [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomLayer(random))];
        Activation[] last = softmax ? [Activation.Linear] : kind == "logistic" ? [Activation.Logistic] : s_activations;
        var output = new Dense(random.Next(1, 33), last[random.Next(last.Length)], random.Next(3) > 0);
        Optimizer[] optimizers = [.. Optimizer.All.Where(optimizer => !optimizer.NeedsFullBatch)];
        return new SampleTraining(
            kind,
            DenseNetworks.Of(random.Next(1, 33), [.. layers, output], softmax),
            new TrainingOptions
            {
                Loss = kind switch
                {
                    "softmax" => Loss.SoftmaxCrossEntropy(),
                    "smoothed" => Loss.SoftmaxCrossEntropy(0.1),
                    "logistic" => Loss.LogisticCrossEntropy(),
                    "squared" => Loss.Squared,
                    _ => Loss.Huber(),
                },
                Reduction = (Reduction)random.Next(2),
                Update = new UpdateOptions
                {
                    Optimizer = optimizers[random.Next(optimizers.Length)],
                    LearningRate = 1e-3,
                    L2 = random.Next(2) * 0.01,
                    Clip = random.Next(2) == 0 ? Clip.None : Clip.ByNorm(0.5),
                },
                BatchSize = random.Next(1, 150),
                Epochs = 2,
            },
            random.Next(20, 200),
            HasClasses: softmax && random.Next(3) > 0,
            IsWeighted: random.Next(2) == 0);
    }

    static Dense RandomLayer(Random random) => new(
        Enumerable.Range(0, random.Next(1, 3)).Select(
            _ => new ActivationRun(s_activations[random.Next(s_activations.Length)], random.Next(1, 17))),
        random.Next(3) > 0);
}

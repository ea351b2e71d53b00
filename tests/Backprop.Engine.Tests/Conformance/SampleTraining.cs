using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine.Tests;

/// <summary>A short training whose parameter hash must be the same everywhere.</summary>
sealed record SampleTraining(
    string Name, Network Network, TrainingOptions Options, int Rows, bool HasClasses = false, bool IsWeighted = false)
{
    /// <summary>Between them: every kind of layer, target, link and update, and batches below, at and above a chunk.</summary>
    public static ImmutableArray<SampleTraining> All { get; } =
    [
        new(
            "small", Softmax(4, new Dense(5, Activation.Tanh), new Dense(3, Activation.Linear)),
            new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy(), BatchSize = 7, Epochs = 3 }, 40, HasClasses: true),
        new(
            "wide",
            new Network(70, [new Dense(300, Activation.Relu), new Dense(140, Activation.Gelu), new Dense(5, Activation.Linear)]),
            new TrainingOptions { Update = Rate(Optimizer.Momentum(), 0.01), BatchSize = 24, Epochs = 1 }, 41),
        new(
            "narrow", new Network(37, [new Dense(17, Activation.Silu), new Dense(1, Activation.Logistic)]),
            new TrainingOptions
            {
                Loss = Loss.LogisticCrossEntropy(),
                Update = Rate(Optimizer.Nesterov(), 0.02),
                BatchSize = 5,
                Epochs = 3,
            },
            33, IsWeighted: true),
        new(
            "dropout",
            Dropping(0.3, 6, new Dense(20, Activation.Relu), new Dense(33, Activation.Tanh), new Dense(4, Activation.Linear)),
            new TrainingOptions
            {
                Loss = Loss.SoftmaxCrossEntropy(0.1),
                BatchSize = 8,
                Epochs = 3,
                Seed = 99,
            },
            50, HasClasses: true, IsWeighted: true),
        new(
            "per neuron",
            new Network(
                5,
                [
                    new Dense(
                        [new(Activation.Tanh, 8), new(Activation.Relu, 9), new(Activation.Gelu, 3), new(Activation.Mish, 18)]),
                    new Dense([new(Activation.Sine, 3), new(Activation.Softplus, 14)], bias: false),
                    new Dense([new(Activation.Linear, 1), new(Activation.Softsign, 2)]),
                ]),
            new TrainingOptions
            {
                Loss = Loss.Huber(),
                BatchSize = 10,
                Epochs = 3,
                Update = new UpdateOptions { Optimizer = Optimizer.NAdam(), Clip = Clip.ByNorm(0.5), L1 = 1e-3, L2 = 1e-2 },
            },
            45),
        new(
            "full batch", new Network(3, [new Dense(6, Activation.Mish), new Dense(2, Activation.Linear)]),
            new TrainingOptions { Update = new UpdateOptions { Optimizer = Optimizer.Rprop() }, BatchSize = 0, Epochs = 3 },
            1100, IsWeighted: true),
        new(
            "large batches", Dropping(0.5, 3, new Dense(9, Activation.Selu), new Dense(18, Activation.Linear)),
            new TrainingOptions
            {
                Loss = Loss.HalfSquared,
                Reduction = Reduction.Sum,
                BatchSize = 600,
                Epochs = 2,
                Update = new UpdateOptions
                {
                    Optimizer = Optimizer.Lion(),
                    Schedule = Schedule.Parse("cosine"),
                    Clip = Clip.ByValue(0.1),
                },
            },
            1100),
        new(
            "shards",
            Dropping(0.1, 6, new Dense(20, Activation.Tanh), new Dense(33, Activation.Relu), new Dense(4, Activation.Linear)),
            new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy(), BatchSize = 14, Shards = 3, Epochs = 2 },
            50, HasClasses: true, IsWeighted: true),
        new(
            "embeddings",
            new Network(
                6,
                [
                    new Dropout(0.2), new Embed(new EmbedTable(7, 3), new EmbedTable(2, 1), new EmbedTable(40, 17)),
                    new Dropout(0.1),
                    new Dense(33, Activation.Tanh), new Dense(4, Activation.Linear), new Softmax(),
                ]),
            new TrainingOptions
            {
                Loss = Loss.SoftmaxCrossEntropy(),
                BatchSize = 14,
                Shards = 2,
                Epochs = 3,
                Update = new UpdateOptions { Optimizer = Optimizer.AdamW(), L1 = 1e-3, L2 = 1e-2, Clip = Clip.ByNorm(0.5) },
            },
            50, HasClasses: true, IsWeighted: true),
        new(
            "codes alone",
            new Network(
                0,
                [
                    new Embed(new EmbedTable(2, 5), new EmbedTable(60, 130)), new Dense(20, Activation.Relu),
                    new Dense(2, Activation.Linear),
                ]),
            new TrainingOptions { Update = Rate(Optimizer.Momentum(), 0.01), BatchSize = 600, Epochs = 3 }, 1100),
        new(
            "batch statistics",
            new Network(
                6,
                [
                    new BatchNorm(), new Dense(37, Activation.Tanh, bias: false), new BatchNorm(0.3, 1e-3), new Dropout(0.1),
                    new Scale(),
                    new Dense(20, Activation.Relu), new BatchNorm(), new Dense(4, Activation.Linear), new Softmax(),
                ]),
            new TrainingOptions
            {
                Loss = Loss.SoftmaxCrossEntropy(),
                BatchSize = 15,
                Shards = 2,
                Epochs = 3,
                Update = new UpdateOptions { Optimizer = Optimizer.AdamW(), L1 = 1e-3, L2 = 1e-2, Clip = Clip.ByNorm(0.5) },
            },
            50, HasClasses: true, IsWeighted: true),
        new(
            "statistics of rows",
            new Network(
                9,
                [
                    new LayerNorm(), new Dense(130, Activation.Gelu), new Scale(), new LayerNorm(0.01),
                    new Dense(2, Activation.Linear),
                ]),
            new TrainingOptions { Update = Rate(Optimizer.Momentum(), 0.01), BatchSize = 600, Epochs = 2 }, 1100),
        .. Optimizer.All.Select(WithOptimizer),
    ];

    public Parameters<T> Start<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sample.Parameters<T>(Network, 17);

    public Examples<T> Examples<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> inputs = Sample.Matrix<T>(Rows, Network.Inputs, 18);
        CodeMatrix? codes = Sample.Codes(Network, Rows, 21);
        double[]? weights = IsWeighted ? Sample.Weights(Rows, 19) : null;
        return HasClasses
            ? new Examples<T>(inputs, Sample.Classes(Rows, Network.Outputs, 20), weights, codes)
            : new Examples<T>(inputs, Sample.Matrix<T>(Rows, Network.Outputs, 20, 0.5, 0.5), weights, codes);
    }

    public override string ToString() => Name;

    static SampleTraining WithOptimizer(Optimizer optimizer) => new(
        optimizer.Named.Name,
        new Network(9, [new Dense(19, Activation.Elu()), new Dense(3, Activation.Linear)]),
        new TrainingOptions
        {
            BatchSize = optimizer.NeedsFullBatch ? 0 : 16,
            Epochs = 2,
            Update = new UpdateOptions { Optimizer = optimizer },
        },
        50);

    static Network Softmax(int inputs, params IEnumerable<Layer> layers) => DenseNetworks.Of(inputs, layers, softmax: true);

    static Network Dropping(double rate, int inputs, params Layer[] layers) =>
        Softmax(inputs, DenseNetworks.Dropping(rate, layers));

    static UpdateOptions Rate(Optimizer optimizer, double rate) => new() { Optimizer = optimizer, LearningRate = rate };
}

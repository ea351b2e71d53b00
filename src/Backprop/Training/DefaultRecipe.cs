using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>What is chosen where nobody asked: a function of the task and the number of training rows alone.</summary>
static class DefaultRecipe
{
    /// <summary>The names that <c>--recipe</c> knows, besides files.</summary>
    public static ImmutableArray<string> Names { get; } = ["default", "linear", "textbook"];

    public const int Epochs = 200;
    public const int Patience = 30;
    public const double LearningRate = 0.001;
    public const string Metric = MetricNames.Loss;

    /// <summary>Hidden layers.</summary>
    public static ImmutableArray<int> Layers { get; } = [128, 64];

    public static Activation Activation => Activation.Relu;

    /// <summary>Small tables need many steps, large ones fast ones.</summary>
    public static int BatchFor(int trainingRows) => trainingRows switch
    {
        < 2_000 => 32,
        < 20_000 => 64,
        < 100_000 => 128,
        _ => 256,
    };

    /// <summary>
    /// Label smoothing makes more rows of many classes right; for two classes it would only blur the probabilities. What is
    /// taken as it is is left as it is.
    /// </summary>
    public static double SmoothingFor(int classes, EncodeKind encode) =>
        classes > 2 && encode == EncodeKind.Auto ? 0.1 : 0;

    /// <summary>What a name stands for.</summary>
    /// <exception cref="BackpropException">There is no such recipe.</exception>
    public static TrainOptions Named(string name) => name.ToLowerInvariant() switch
    {
        "default" => new TrainOptions(),
        "linear" => new TrainOptions { Layers = [] },
        "textbook" => new TrainOptions
        {
            Layers = [16],
            Activations = ["tanh"],
            Optimizer = Optimizer.GradientDescent,
            LearningRate = 0.1,
            Batch = 16,
        },
        _ => throw new BackpropException(
            $"There is no recipe '{name}', neither as a file nor by name; known are {string.Join(", ", Names)}."),
    };
}

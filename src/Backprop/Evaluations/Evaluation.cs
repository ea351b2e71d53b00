using System.Collections.Immutable;

namespace Backprop;

/// <summary>How well a model predicts rows whose truth is known: metrics of classes or of numbers.</summary>
public sealed class Evaluation
{
    internal Evaluation(ClassificationMetrics classes) => (Classes, Rows) = (classes, classes.Rows);

    Evaluation(RegressionMetrics numbers, long rows, ImmutableArray<KeyValuePair<string, RegressionMetrics>> perTarget) =>
        (Numbers, Rows, PerTarget) = (numbers, rows, perTarget);

    /// <summary>The metrics of classes; null where the model predicts numbers.</summary>
    public ClassificationMetrics? Classes { get; }

    /// <summary>
    /// The metrics of numbers; null where the model predicts classes. Where it predicts several numbers, they are of all
    /// of them together, as if each were a row.
    /// </summary>
    public RegressionMetrics? Numbers { get; }

    /// <summary>The metrics of each number by its column, where the model predicts several; else empty.</summary>
    public ImmutableArray<KeyValuePair<string, RegressionMetrics>> PerTarget { get; } = [];

    /// <summary>The number of rows that were measured.</summary>
    public long Rows { get; }

    /// <summary>The column whose weights weigh every figure; null where each row counts once.</summary>
    public string? WeightedBy { get; internal set; }

    /// <summary>How many rows of weight 0 were left out.</summary>
    public int ZeroWeightRows { get; internal set; }

    /// <summary>
    /// Whether these are the very rows of the table that the model was trained on, so that it looks better here than on new ones;
    /// rows that were held out of that table are among them.
    /// </summary>
    public bool IsOfTrainingTable { get; internal set; }

    /// <summary>The share of rows whose class is right.</summary>
    /// <exception cref="InvalidOperationException">The model predicts numbers.</exception>
    public double Accuracy => Classes?.Accuracy
        ?? throw new InvalidOperationException("The model predicts numbers; take Rmse or R2.");

    /// <summary>The root of the mean squared error, in the target's unit.</summary>
    /// <exception cref="InvalidOperationException">The model predicts classes.</exception>
    public double Rmse => Numbers?.Rmse
        ?? throw new InvalidOperationException("The model predicts classes; take Accuracy.");

    /// <summary>Every metric by name, in a fixed order; null where it is not defined for these rows.</summary>
    public IReadOnlyList<KeyValuePair<string, double?>> Values => Classes is null ? Numbers!.Values : Classes.Values;

    /// <summary>The cells that are such as training never saw, column by column; empty where there are none.</summary>
    public ImmutableArray<UnseenCells> Unseen { get; internal set; } = [];

    /// <summary>Measures numbers [rows, columns] against the true ones.</summary>
    internal static Evaluation OfNumbers(
        ImmutableArray<string> columns, Truth truth, ReadOnlySpan<double> predictions, double? trainingMean)
    {
        int count = columns.Length;
        double[] targets = truth.Numbers;
        RegressionMetrics all = RegressionMetrics.Measure(targets, predictions, WeightsOfNumbers(truth), trainingMean);
        if (count == 1)
            return new Evaluation(all, all.Rows, []);

        var perTarget = ImmutableArray.CreateBuilder<KeyValuePair<string, RegressionMetrics>>(count);
        double[] own = new double[targets.Length / count], predicted = new double[own.Length];
        for (int k = 0; k < count; k++)
        {
            for (int row = 0; row < own.Length; row++)
                (own[row], predicted[row]) = (targets[row * count + k], predictions[row * count + k]);
            perTarget.Add(new(columns[k], RegressionMetrics.Measure(own, predicted, truth.Weights)));
        }

        return new Evaluation(all, own.Length, perTarget.MoveToImmutable());
    }

    /// <summary>The weight of each of a row's numbers is the row's.</summary>
    internal static double[] WeightsOfNumbers(Truth truth)
    {
        int count = truth.Weights.Length == 0 ? 1 : truth.Numbers.Length / truth.Weights.Length;
        return count == 1 ? truth.Weights : [.. truth.Weights.SelectMany(weight => Enumerable.Repeat(weight, count))];
    }
}

namespace Backprop;

/// <summary>How well a model predicts rows whose truth is known: metrics of classes or of numbers.</summary>
public sealed class Evaluation
{
    internal Evaluation(ClassificationMetrics? classes, RegressionMetrics? numbers) => (Classes, Numbers) = (classes, numbers);

    /// <summary>The metrics of classes; null where the model predicts numbers.</summary>
    public ClassificationMetrics? Classes { get; }

    /// <summary>The metrics of numbers; null where the model predicts classes.</summary>
    public RegressionMetrics? Numbers { get; }

    /// <summary>The number of rows.</summary>
    public long Rows => Classes?.Rows ?? Numbers!.Rows;

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
}

using System.Collections.Immutable;

namespace Backprop;

/// <summary>How well class probabilities match the true classes of some rows.</summary>
/// <remarks>
/// The predicted class of a row is the one with the largest probability, the first among equals. Row weights, where
/// given, weigh everything but <see cref="Rows"/>, which counts each row once. All sums are compensated and run over the
/// rows in order, so the same rows give the same bits.
/// </remarks>
public sealed class ClassificationMetrics
{
    internal ClassificationMetrics()
    {
    }

    /// <summary>The number of rows measured.</summary>
    public required long Rows { get; init; }

    /// <summary>The share of rows whose class is predicted.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean of <see cref="ClassScores.Recall"/> over the classes that occur in these rows.</summary>
    public required double BalancedAccuracy { get; init; }

    /// <summary>
    /// The mean of <see cref="ClassScores.F1"/> over the classes that are true of one of these rows or predicted for one.
    /// </summary>
    public required double MacroF1 { get; init; }

    /// <summary>The <see cref="ClassScores.F1"/> of the positive class; null unless there are two classes.</summary>
    public double? F1 { get; init; }

    /// <summary>The class that <see cref="F1"/> and the ranking metrics look for; null unless there are two classes.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>The mean of −ln p, where p is the probability of the row's true class, raised to at least 10⁻¹⁵.</summary>
    public required double LogLoss { get; init; }

    /// <summary>
    /// The area under the receiver operating characteristic: the share of (positive row, negative row) pairs in which the
    /// positive row has the larger probability of the positive class, equal ones counting ½; from exact integer counts where
    /// rows have no weights, and where they have, a pair counts as the product of its two.
    /// Null unless there are two classes, both occur, and the ranking was asked for.
    /// </summary>
    public double? Auc { get; init; }

    /// <summary>
    /// Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct probabilities of the positive class from the largest down, Rₙ and Pₙ being
    /// recall and precision when rows at or above the n-th count as positive. Null unless there are two classes, a row
    /// is positive, and the ranking was asked for.
    /// </summary>
    public double? AveragePrecision { get; init; }

    /// <summary>
    /// The accuracy of always guessing the class that is most frequent in training; null where that was not given.
    /// </summary>
    public double? BaselineAccuracy { get; init; }

    /// <summary>Precision, recall and F1 of each class, in the order of the class names.</summary>
    public required ImmutableArray<ClassScores> PerClass { get; init; }

    /// <summary>
    /// The weight of the rows by true class (first index) and predicted class (second index): their number where they have no
    /// weights.
    /// </summary>
    public required ImmutableArray<ImmutableArray<double>> Confusion { get; init; }

    /// <summary>
    /// The numbers by name (see <see cref="MetricNames"/>) in the order in which they are written. The ranking metrics are
    /// there only if they were measured; their value is null where these rows leave them undefined.
    /// </summary>
    public required ImmutableArray<KeyValuePair<string, double?>> Values { get; init; }

    /// <summary>Measures probabilities against true classes.</summary>
    /// <param name="classNames">The classes, in the order of the columns of <paramref name="probabilities"/>.</param>
    /// <param name="classes">[rows]: the true class of each row, counted from 0.</param>
    /// <param name="probabilities">[rows, classes], row by row.</param>
    /// <param name="weights">[rows]: the weight of each row, 0 or more; empty for 1.</param>
    /// <param name="positiveClass">Of two classes, the positive one.</param>
    /// <param name="mostFrequentClass">That of the training rows, for <see cref="BaselineAccuracy"/>.</param>
    /// <param name="withRanking">Whether to measure <see cref="Auc"/> and <see cref="AveragePrecision"/> too.</param>
    /// <exception cref="ArgumentException">
    /// There is no row, sizes do not match, a class is out of range, a probability is not a number, a weight is negative
    /// or not finite, or no weight is above 0.
    /// </exception>
    public static ClassificationMetrics Measure(
        IReadOnlyList<string> classNames,
        ReadOnlySpan<int> classes,
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<double> weights = default,
        int positiveClass = 1,
        int? mostFrequentClass = null,
        bool withRanking = true)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (probabilities.Length != (long)classes.Length * classNames.Count)
        {
            throw new ArgumentException(
                $"{classes.Length} rows of {classNames.Count} classes do not match {probabilities.Length} probabilities.");
        }

        if (!weights.IsEmpty && weights.Length != classes.Length)
            throw new ArgumentException($"There are {classes.Length} rows, but {weights.Length} weights.");

        var tally = new ClassificationTally(classNames, positiveClass, withRanking);
        for (int row = 0; row < classes.Length; row++)
        {
            ReadOnlySpan<double> ofRow = probabilities.Slice(row * classNames.Count, classNames.Count);
            tally.Add(ofRow, classes[row], weights.IsEmpty ? 1 : weights[row]);
        }

        return tally.ToMetrics(mostFrequentClass);
    }

    /// <summary>One metric by its name; null where these rows leave it undefined or the ranking was not asked for.</summary>
    /// <param name="name">One of <see cref="MetricNames.ForTwoClasses"/> but the loss, which is not measured here.</param>
    /// <exception cref="ArgumentException">There is no such metric of classes.</exception>
    public double? Value(string name) => name switch
    {
        MetricNames.Accuracy => Accuracy,
        MetricNames.BalancedAccuracy => BalancedAccuracy,
        MetricNames.MacroF1 => MacroF1,
        MetricNames.F1 => F1,
        MetricNames.LogLoss => LogLoss,
        MetricNames.Auc => Auc,
        MetricNames.AveragePrecision => AveragePrecision,
        _ => throw new ArgumentException(
            $"'{name}' is not measured on class probabilities; known are {string.Join(", ", MetricNames.ForTwoClasses[1..])}."),
    };
}

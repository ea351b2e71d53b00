using System.Collections.Immutable;

namespace Backprop;

/// <summary>The names by which metrics are asked for and written, and what is known about each.</summary>
public static class MetricNames
{
    /// <summary>The loss that is trained on, on the rows that are measured.</summary>
    public const string Loss = "loss";

    /// <summary><see cref="ClassificationMetrics.Accuracy"/>.</summary>
    public const string Accuracy = "accuracy";

    /// <summary><see cref="ClassificationMetrics.BalancedAccuracy"/>.</summary>
    public const string BalancedAccuracy = "balancedAccuracy";

    /// <summary><see cref="ClassificationMetrics.MacroF1"/>.</summary>
    public const string MacroF1 = "macroF1";

    /// <summary><see cref="ClassificationMetrics.F1"/>.</summary>
    public const string F1 = "f1";

    /// <summary><see cref="ClassificationMetrics.LogLoss"/>.</summary>
    public const string LogLoss = "logLoss";

    /// <summary><see cref="ClassificationMetrics.Auc"/>.</summary>
    public const string Auc = "auc";

    /// <summary><see cref="ClassificationMetrics.AveragePrecision"/>.</summary>
    public const string AveragePrecision = "averagePrecision";

    /// <summary><see cref="RegressionMetrics.Rmse"/>.</summary>
    public const string Rmse = "rmse";

    /// <summary><see cref="RegressionMetrics.Mae"/>.</summary>
    public const string Mae = "mae";

    /// <summary><see cref="RegressionMetrics.Mape"/>.</summary>
    public const string Mape = "mape";

    /// <summary><see cref="RegressionMetrics.R2"/>.</summary>
    public const string R2 = "r2";

    /// <summary>The metrics of a target of more than two classes.</summary>
    public static ImmutableArray<string> ForClasses { get; } = [Loss, Accuracy, BalancedAccuracy, MacroF1, LogLoss];

    /// <summary>The metrics of a target of two classes.</summary>
    public static ImmutableArray<string> ForTwoClasses { get; } = [.. ForClasses, F1, Auc, AveragePrecision];

    /// <summary>The metrics of a target that is a number.</summary>
    public static ImmutableArray<string> ForNumbers { get; } = [Loss, Rmse, Mae, Mape, R2];

    /// <summary>All names.</summary>
    public static ImmutableArray<string> All { get; } = [.. ForTwoClasses, .. ForNumbers[1..]];

    /// <summary>Whether more of this metric is better.</summary>
    /// <exception cref="ArgumentException">No metric has this name.</exception>
    public static bool HigherIsBetter(string name)
    {
        ThrowUnlessOneOf(All, name);
        return name is Accuracy or BalancedAccuracy or MacroF1 or F1 or Auc or AveragePrecision or R2;
    }

    /// <summary>Refuses a metric that a target of so many classes does not have.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="classes">The number of classes; 0 for a target that is a number.</param>
    /// <exception cref="ArgumentException">The name is unknown, or the metric does not suit such a target.</exception>
    public static void ThrowUnlessFits(string name, int classes)
    {
        ThrowUnlessOneOf(All, name);
        (ImmutableArray<string> fitting, string target) = classes switch
        {
            0 => (ForNumbers, "that is a number"),
            2 => (ForTwoClasses, "of two classes"),
            _ => (ForClasses, $"of {classes} classes"),
        };
        if (!fitting.Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The metric '{name}' does not suit a target {target}; choose one of {string.Join(", ", fitting)}.");
        }
    }

    static void ThrowUnlessOneOf(ImmutableArray<string> known, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!known.Contains(name, StringComparer.Ordinal))
            throw new ArgumentException($"There is no metric '{name}'; known are {string.Join(", ", known)}.");
    }
}

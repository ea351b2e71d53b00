using System.Globalization;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>Metrics for people, on stdout.</summary>
static class EvaluationText
{
    /// <summary>One line that says how good the model is, beside the guess that needs none.</summary>
    public static void PrintScore(string name, Evaluation evaluation)
    {
        if (evaluation.Classes is { } classes)
        {
            string baseline = classes.BaselineAccuracy is { } guess
                ? $" (always guessing the most frequent class: {Percent(guess)})" : "";
            Results.Line(
                $"{name}: accuracy {Percent(classes.Accuracy)}{baseline}, log loss {Short(classes.LogLoss)}"
                + (classes.Auc is { } auc ? $", AUC {Short(auc)}" : "") + Rows(evaluation));
            Results.Line(
                $"  balanced accuracy {Percent(classes.BalancedAccuracy)}, macro F1 {Short(classes.MacroF1)}"
                + (classes.F1 is { } f1 ? $", F1 of '{OneLine.Of(classes.PositiveClass!)}' {Short(f1)}" : ""));
        }
        else
        {
            RegressionMetrics numbers = evaluation.Numbers!;
            string baseline = numbers.BaselineRmse is { } guess ? $" (always guessing the mean: {Short(guess)})" : "";
            Results.Line(
                $"{name}: RMSE {Short(numbers.Rmse)}{baseline}, MAE {Short(numbers.Mae)}"
                + (numbers.R2 is { } r2 ? $", R² {Short(r2)}" : "") + Rows(evaluation));
            foreach ((string target, RegressionMetrics own) in evaluation.PerTarget)
            {
                Results.Line(
                    $"  {target}: RMSE {Short(own.Rmse)}, MAE {Short(own.Mae)}"
                    + (own.R2 is { } share ? $", R² {Short(share)}" : ""));
            }
        }
    }

    public static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:F1} %");

    /// <summary>Five digits that count, without an exponent where numbers are of usual size.</summary>
    public static string Short(double value)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string text = value.ToString("G5", invariant);
        return Math.Abs(value) is >= 1e-4 and < 1e12
            ? decimal.Parse(text, NumberStyles.Float, invariant).ToString("#,0.########", invariant)
            : text;
    }

    /// <summary>How many rows were measured, and by what they are weighted.</summary>
    static string Rows(Evaluation evaluation) => $", {Counted.Of(evaluation.Rows, "row")}"
        + (evaluation.WeightedBy is { } column ? $", weighted by '{column}'" : "");

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>Metrics for people, on stdout.</summary>
static class EvaluationText
{
    /// <summary>More classes than this make a confusion matrix that nobody reads in a terminal.</summary>
    const int MostClassesShown = 12;

    /// <summary>One line that says how good the model is, beside the guess that needs none.</summary>
    public static void PrintScore(string name, Evaluation evaluation)
    {
        if (evaluation.Classes is { } classes)
        {
            string baseline = classes.BaselineAccuracy is { } guess
                ? $" (always guessing the most frequent class: {Percent(guess)})" : "";
            Console.Out.WriteLine(
                $"{name}: accuracy {Percent(classes.Accuracy)}{baseline}, log loss {Short(classes.LogLoss)}"
                + (classes.Auc is { } auc ? $", AUC {Short(auc)}" : "") + $", {Count(classes.Rows)} rows");
        }
        else
        {
            RegressionMetrics numbers = evaluation.Numbers!;
            string baseline = numbers.BaselineRmse is { } guess ? $" (always guessing the mean: {Short(guess)})" : "";
            Console.Out.WriteLine(
                $"{name}: RMSE {Short(numbers.Rmse)}{baseline}, MAE {Short(numbers.Mae)}"
                + (numbers.R2 is { } r2 ? $", R² {Short(r2)}" : "") + $", {Count(numbers.Rows)} rows");
        }
    }

    /// <summary>The confusion matrix with precision and recall; nothing for numbers.</summary>
    public static void PrintConfusion(Evaluation evaluation, IReadOnlyList<string> names)
    {
        if (evaluation.Classes is not { } classes)
            return;
        if (names.Count > MostClassesShown)
        {
            Console.Out.WriteLine($"(The confusion matrix of {names.Count} classes is in the --json output.)");
            return;
        }

        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumn("true \\ predicted");
        foreach (string name in names)
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        foreach (string title in new[] { "recall", "precision", "F1" })
            table.AddColumn(new TableColumn(title).RightAligned());
        for (int i = 0; i < names.Count; i++)
        {
            ClassScores scores = classes.PerClass[i];
            string[] counts = [.. classes.Confusion[i].Select(Count)];
            table.AddRow([Markup.Escape(names[i]), .. counts, Percent(scores.Recall), Percent(scores.Precision), Percent(scores.F1)]);
        }

        AnsiConsole.Write(table);
    }

    public static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{100 * value:F1} %");

    public static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Backprop.Engine;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>Metrics for people, on stdout.</summary>
static class EvaluationText
{
    /// <summary>Where columns are numbered, a longer name of a class is cut.</summary>
    const int LongestShown = 20;

    static readonly string[] s_scores = ["recall", "precision", "F1"];

    /// <summary>One line that says how good the model is, beside the guess that needs none.</summary>
    public static void PrintScore(string name, Evaluation evaluation)
    {
        if (evaluation.Classes is { } classes)
        {
            string baseline = classes.BaselineAccuracy is { } guess
                ? $" (always guessing the most frequent class: {Percent(guess)})" : "";
            Results.Line(
                $"{name}: accuracy {Percent(classes.Accuracy)}{baseline}, log loss {Short(classes.LogLoss)}"
                + (classes.Auc is { } auc ? $", AUC {Short(auc)}" : "") + $", {Counted.Of(classes.Rows, "row")}");
        }
        else
        {
            RegressionMetrics numbers = evaluation.Numbers!;
            string baseline = numbers.BaselineRmse is { } guess ? $" (always guessing the mean: {Short(guess)})" : "";
            Results.Line(
                $"{name}: RMSE {Short(numbers.Rmse)}{baseline}, MAE {Short(numbers.Mae)}"
                + (numbers.R2 is { } r2 ? $", R² {Short(r2)}" : "") + $", {Counted.Of(evaluation.Rows, "row")}");
            foreach ((string target, RegressionMetrics own) in evaluation.PerTarget)
            {
                Results.Line(
                    $"  {target}: RMSE {Short(own.Rmse)}, MAE {Short(own.Mae)}"
                    + (own.R2 is { } share ? $", R² {Short(share)}" : ""));
            }
        }
    }

    /// <summary>The confusion matrix with recall, precision and F1 of each class; nothing for numbers.</summary>
    /// <param name="rows">Which rows it is of.</param>
    /// <param name="evaluation">The metrics.</param>
    /// <param name="names">The classes.</param>
    public static void PrintConfusion(string rows, Evaluation evaluation, IReadOnlyList<string> names)
    {
        if (evaluation.Classes is not { } classes)
            return;

        int width = Console.IsOutputRedirected ? Screen.UsualWidth : Screen.Width;
        string[] numbers = [.. names.Select((name, i) => $"{i + 1}")];
        string[] numbered = [.. names.Select((name, i) => $"{i + 1} {Cut(name)}")];
        (IReadOnlyList<string> Columns, IReadOnlyList<string> Titles, int Padding)[] forms =
            [(names, names, 1), (names, names, 0), (numbers, numbered, 1), (numbers, numbered, 0)];
        foreach ((IReadOnlyList<string> columns, IReadOnlyList<string> titles, int padding) in forms)
        {
            if (Width(classes, columns, titles, padding) > width)
                continue;
            Results.Line($"Confusion matrix of the {rows} rows: a line is a true class, a column what was predicted.");
            PlainConsole().Write(Matrix(classes, columns, titles, padding));
            return;
        }

        Results.Line($"(The confusion matrix of {names.Count} classes is too wide to show; --json has it.)");
    }

    /// <summary>A console for text without colours. To find out what a terminal can do takes longer than to write the text.</summary>
    static IAnsiConsole PlainConsole() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });

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

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    static Spectre.Console.Table Matrix(
        ClassificationMetrics classes, IReadOnlyList<string> columns, IReadOnlyList<string> titles, int padding)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumn(Padded("", Justify.Left));
        foreach (string title in columns.Concat(s_scores))
            table.AddColumn(Padded(title, Justify.Right));
        for (int i = 0; i < titles.Count; i++)
        {
            ClassScores scores = classes.PerClass[i];
            table.AddRow(
            [
                Markup.Escape(titles[i]), .. classes.Confusion[i].Select(Plain),
                Share(scores.Recall), Share(scores.Precision), Share(scores.F1),
            ]);
        }

        return table;

        TableColumn Padded(string title, Justify side) =>
            new TableColumn(Markup.Escape(title)) { Alignment = side, NoWrap = true, Padding = new Padding(0, 0, padding, 0) };
    }

    /// <summary>The characters of a line of the matrix: cells, what is between them, and the table's own edges.</summary>
    static int Width(ClassificationMetrics classes, IReadOnlyList<string> columns, IReadOnlyList<string> titles, int padding)
    {
        int between = padding + 1;
        int width = 2 + titles.Max(title => title.Length) + between;
        for (int j = 0; j < columns.Count; j++)
            width += between + Math.Max(columns[j].Length, classes.Confusion.Max(row => Plain(row[j]).Length));
        return width + s_scores.Sum(title => between + Math.Max(title.Length, Share(1).Length));
    }

    static string Cut(string name) => name.Length > LongestShown ? name[..LongestShown] + "…" : name;

    static string Plain(long count) => count.ToString(CultureInfo.InvariantCulture);

    static string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}

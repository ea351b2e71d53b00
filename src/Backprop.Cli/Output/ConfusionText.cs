using System.Globalization;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>
/// Which classes are taken for which, on stdout: the confusion matrix with recall, precision and F1 of each class, or where it is
/// too wide, these alone and the most frequent mistakes.
/// </summary>
static class ConfusionText
{
    /// <summary>Where columns are numbered, a longer name of a class is cut.</summary>
    const int LongestShown = 20;

    /// <summary>Nobody reads a longer list of classes, or of mistakes.</summary>
    const int MostClasses = 60, MostMistakes = 10;

    static readonly string[] s_scores = ["recall", "precision", "F1"];

    /// <summary>Writes it; nothing for numbers.</summary>
    /// <param name="rows">Which rows it is of.</param>
    /// <param name="evaluation">The metrics.</param>
    /// <param name="names">The classes.</param>
    public static void Print(string rows, Evaluation evaluation, IReadOnlyList<string> names)
    {
        if (evaluation.Classes is not { } classes)
            return;

        int width = Screen.OutputWidth;
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

        PrintClasses(rows, classes);
        PrintMistakes(classes);
    }

    /// <summary>
    /// A console for text without colours. To find out what a terminal can do takes longer than to write the text.
    /// </summary>
    static IAnsiConsole PlainConsole() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });

    static void PrintClasses(string rows, ClassificationMetrics classes)
    {
        IEnumerable<ClassScores> shown = classes.PerClass;
        string which = "each class";
        if (classes.PerClass.Length > MostClasses)
        {
            shown = classes.PerClass.Where(scores => scores.Support > 0).OrderBy(scores => scores.F1).Take(MostClasses);
            which = $"the {MostClasses} of {classes.PerClass.Length} classes with the least F1";
        }

        Results.Line(
            $"The {rows} rows of {which} (a confusion matrix of {classes.PerClass.Length} classes is too wide to show; --json "
            + "has it):");
        Spectre.Console.Table table = Titled(1, ["class", "rows", .. s_scores]);
        foreach (ClassScores scores in shown)
        {
            table.AddRow(
                Markup.Escape(Cut(scores.Name)), Plain(scores.Support), Share(scores.Recall), Share(scores.Precision),
                Share(scores.F1));
        }

        PlainConsole().Write(table);
    }

    static void PrintMistakes(ClassificationMetrics classes)
    {
        int count = classes.PerClass.Length;
        (int Truth, int Predicted)[] mistakes =
        [
            .. Enumerable.Range(0, count)
                .SelectMany(truth => Enumerable.Range(0, count), (truth, predicted) => (truth, predicted))
                .Where(pair => pair.truth != pair.predicted && classes.Confusion[pair.truth][pair.predicted] > 0)
                .OrderByDescending(pair => classes.Confusion[pair.truth][pair.predicted]).Take(MostMistakes),
        ];
        if (mistakes.Length == 0)
            return;
        Results.Line("Most frequent mistakes:");
        Spectre.Console.Table table = Titled(1, ["class", "taken for", "rows", "of the class"]);
        foreach ((int truth, int predicted) in mistakes)
        {
            double rows = classes.Confusion[truth][predicted];
            table.AddRow(
                Markup.Escape(Cut(classes.PerClass[truth].Name)), Markup.Escape(Cut(classes.PerClass[predicted].Name)),
                Plain(rows),
                EvaluationText.Percent(rows / classes.PerClass[truth].Support));
        }

        PlainConsole().Write(table);
    }

    static Spectre.Console.Table Matrix(
        ClassificationMetrics classes, IReadOnlyList<string> columns, IReadOnlyList<string> titles, int padding)
    {
        Spectre.Console.Table table = Titled(padding, ["", .. columns, .. s_scores]);
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
    }

    /// <summary>A table whose first column stands at the left and all others at the right.</summary>
    static Spectre.Console.Table Titled(int padding, IReadOnlyList<string> titles)
    {
        Spectre.Console.Table table = new Spectre.Console.Table().Border(TableBorder.Simple);
        for (int i = 0; i < titles.Count; i++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(titles[i]))
            {
                Alignment = i == 0 ? Justify.Left : Justify.Right,
                NoWrap = true,
                Padding = new Padding(0, 0, padding, 0),
            });
        }

        return table;
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

    /// <summary>A number of rows, or the sum of their weights.</summary>
    static string Plain(double count) => count == Math.Floor(count) && count < 1e12
        ? count.ToString("F0", CultureInfo.InvariantCulture)
        : count.ToString("G5", CultureInfo.InvariantCulture);

    static string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}

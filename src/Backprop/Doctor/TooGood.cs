using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Finds a model that is nearly perfect on held-out rows because of a column or a few: where the cells of one are dealt out anew
/// to these rows, most of what the model knows is gone. Such a column often says what came after the target.
/// </summary>
static class TooGood
{
    const int MostRows = 1000, FewestMistakes = 45, FewestRows = 50;

    // Of the mistakes of the guess that needs no model, and of the squares around the mean: what a nearly perfect model leaves.
    const double MistakesLeft = 0.01, VarianceLeft = 1e-3;

    /// <summary>Of what the model knows beyond the guess, so much is gone with the column.</summary>
    const double LeastLost = 0.5;

    public static IEnumerable<DataWarning> Find(Model model, Evaluation measured, Table table, int[] rows)
    {
        if (!IsNearlyPerfect(measured) || model.Core.Encoder.Columns.Any(column => table[column.Name].IsPixel))
            yield break;
        Table sample = table.Take(SampledRows.Of(rows, MostRows));
        Truth truth = Truth.Of(sample, model.Core.Target, []);
        double whole = Skill(model, sample, truth);
        (string Column, double Lost)[] losses =
        [
            .. model.Columns.Select(name => (name, Math.Min(1, (whole - Skill(model, Dealt(sample, name), truth)) / whole)))
                .Where(loss => loss.Item2 >= LeastLost).OrderByDescending(loss => loss.Item2),
        ];
        if (losses.Length == 0)
            yield break;
        string figure = measured.Classes is { } classes
            ? string.Create(CultureInfo.InvariantCulture, $"right in {classes.Accuracy:P1} of the held-out rows")
            : string.Create(CultureInfo.InvariantCulture, $"nearly exact on the held-out rows (R² {measured.Numbers!.R2:G6})");
        string names = string.Join(" or ", losses.Select(loss => $"'{loss.Column}'"));
        yield return new DataWarning(
            DataWarningKind.TooGood, losses[0].Column, losses[0].Lost,
            $"The model is {figure}, which may be too good to be true: without {names} it would know "
            + Less(losses) + "; if "
            + (losses.Length == 1 ? "that column is" : "those columns are")
            + $" not known before the target is, train with --ignore {string.Join(",", losses.Select(loss => loss.Column))}.");
    }

    static string Less((string Column, double Lost)[] losses) => losses[^1].Lost >= 1
        ? "nothing"
        : string.Create(CultureInfo.InvariantCulture, $"{(losses.Length == 1 ? "" : "at least ")}{losses[^1].Lost:P0} less");

    static bool IsNearlyPerfect(Evaluation measured) => measured.Classes is { BaselineAccuracy: { } guess } classes
        ? classes.Rows * (1 - guess) >= FewestMistakes && 1 - classes.Accuracy <= MistakesLeft * (1 - guess)
        : measured is { Numbers.R2: { } r2, Rows: >= FewestRows } && 1 - r2 <= VarianceLeft;

    /// <summary>The accuracy beyond that of the most frequent class, or R².</summary>
    static double Skill(Model model, Table table, Truth truth)
    {
        Evaluation measured = model.Evaluate(model.Predict(table), truth, default);
        if (measured.Classes is not { } classes)
            return Math.Max(0, measured.Numbers!.R2 ?? 0);
        double guess = classes.PerClass.Max(scores => scores.Support) / classes.Rows;
        return classes.Accuracy - guess;
    }

    /// <summary>The table with one column's cells dealt out anew.</summary>
    static Table Dealt(Table table, string name)
    {
        int[] order = [.. Enumerable.Range(0, table.RowCount)];
        CounterRandom.Shuffle(order, 0, RandomPurpose.Other, 0);
        return new Table(
            table.Source, table.RowCount, table.Columns.Select(column => column.Name == name ? column.Take(order) : column));
    }
}

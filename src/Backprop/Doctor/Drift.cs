using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Finds columns that are distributed in another way in a file of held-out rows than in the training rows: numbers by the
/// distance of Kolmogorov and Smirnov, categories by half the sum of the differences of their shares.
/// </summary>
static class Drift
{
    const int MostRows = 20_000;

    // Less is of no consequence, however sure it is.
    const double LeastDistance = 0.1;

    // How seldom any column of a table without drift may be warned of.
    const double Significance = 0.001;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        string[] columns = [.. plan.Inputs.Select(column => column.Name), .. plan.Targets];
        foreach ((string name, Table? table, int[] rows) in new[]
        {
            ("validation", plan.ValidationTable, plan.Validation),
            ("test", plan.TestTable, plan.Test),
        })
        {
            if (table is null)
                continue;
            int[] here = SampledRows.Of(rows, MostRows), training = SampledRows.Of(plan.Training, MostRows);
            foreach (string column in columns)
            {
                if (Distance(plan.Table[column], training, table[column], here, columns.Length) is not { } distance)
                    continue;
                yield return new DataWarning(
                    DataWarningKind.Drift, column, distance,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Column '{column}' is distributed in another way in the {name} rows than in the training rows, by "
                        + $"{distance:F2} of 1; ")
                    + $"hold rows out of the same file with --{name} 0.2 if they should be alike, or leave it out with --ignore "
                    + $"{column}.");
            }
        }
    }

    static double? Distance(Column training, int[] trainingRows, Column held, int[] heldRows, int columns)
    {
        double spread = Math.Sqrt(1.0 / trainingRows.Length + 1.0 / heldRows.Length);
        if (held.Kind == ColumnKind.Text)
            return null;
        bool areTexts = training.Kind is ColumnKind.Category or ColumnKind.YesNo;
        if (areTexts != held.Kind is ColumnKind.Category or ColumnKind.YesNo)
            return null;
        (double distance, double chance) = areTexts
            ? OfShares(Texts(training, trainingRows), Texts(held, heldRows), spread)
            : (OfNumbers(Numbers(training, trainingRows), Numbers(held, heldRows)), 0);
        double sure = Math.Sqrt(-0.5 * Elementary.Log(Significance / (2 * columns))) * spread;
        return distance > Math.Max(LeastDistance, sure + chance) ? distance : null;
    }

    /// <summary>The largest difference between the shares of numbers up to any number; missing ones come last.</summary>
    static double OfNumbers(double[] x, double[] y)
    {
        double most = 0;
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            double at = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= at)
                i++;
            while (j < y.Length && y[j] <= at)
                j++;
            most = Math.Max(most, Math.Abs(i / (double)x.Length - j / (double)y.Length));
        }

        return most;
    }

    /// <summary>Half the sum of the differences of shares, and what it would be by chance.</summary>
    static (double Distance, double Chance) OfShares(Dictionary<string, double> x, Dictionary<string, double> y, double spread)
    {
        double sum = 0, chance = 0;
        foreach (string text in x.Keys.Union(y.Keys, StringComparer.Ordinal))
        {
            (double one, double other) = (x.GetValueOrDefault(text), y.GetValueOrDefault(text));
            sum += Math.Abs(one - other);
            chance += Math.Sqrt((one + other) / 2) * spread;
        }

        return (sum / 2, chance / 2);
    }

    static Dictionary<string, double> Texts(Column column, int[] rows) => rows.CountBy(row => column.Category(row))
        .ToDictionary(
            pair => pair.Key < 0 ? "" : column.Categories[pair.Key],
            pair => pair.Value / (double)rows.Length,
            StringComparer.Ordinal);

    static double[] Numbers(Column column, int[] rows)
    {
        var numbers = new double[rows.Length];
        column.CopyNumbers(rows, numbers);
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = double.IsNaN(numbers[i]) ? double.PositiveInfinity : numbers[i];
        Array.Sort(numbers);
        return numbers;
    }
}

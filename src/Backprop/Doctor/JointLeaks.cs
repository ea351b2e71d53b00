using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Finds columns that together tell the target though none does alone: casual and registered riders that add up to all, a fare
/// and a tip that make the total, price and area that give the price of a metre.
/// </summary>
static class JointLeaks
{
    const int MostRows = 2000, FewestRows = 60, MostNumbers = 400, MostColumns = 150, MostClasses = 30, MostTexts = 50;

    // Of the target's variance, or of the mistakes of guessing: what may be left.
    const double VarianceLeft = 2e-4, MistakesLeft = 0.01, MostMissing = 0.2;

    /// <param name="plan">The data.</param>
    /// <param name="known">Columns that tell the target alone, of which nothing more is said.</param>
    public static IEnumerable<DataWarning> Find(DataPlan plan, IReadOnlySet<string> known)
    {
        // Half of the rows are looked at, half test what was found, and neighbours are in different halves.
        int[] sample = SampledRows.Of(plan.Training, MostRows);
        int[] rows = [.. sample.Where((_, i) => i % 2 == 0), .. sample.Where((_, i) => i % 2 == 1)];
        Column[] inputs = [.. plan.Inputs.Where(column => !known.Contains(column.Name) && !column.IsPixel)];
        if (rows.Length < FewestRows)
            return [];
        return plan.Task == TaskKind.Classify
            ? OfClasses(plan, inputs, rows)
            : plan.Targets.SelectMany(target => OfNumbers(plan.Table[target], inputs, rows));
    }

    static IEnumerable<DataWarning> OfNumbers(Column target, Column[] inputs, int[] rows)
    {
        Column[] numbers = [.. inputs.Where(column => column.Kind == ColumnKind.Number).Take(MostNumbers)];
        double[][] cells = [.. numbers.Select(column => Numbers(column, rows))];
        bool[] isUsed = [.. cells.Select(column => column.Count(double.IsNaN) <= MostMissing * rows.Length)];
        (numbers, cells) = ([.. numbers.Where((_, j) => isUsed[j])], [.. cells.Where((_, j) => isUsed[j])]);
        int[] whole = [.. Enumerable.Range(0, rows.Length).Where(i => !cells.Any(column => double.IsNaN(column[i])))];
        if (whole.Length < FewestRows)
            yield break;
        double[] truth = Numbers(target, rows);
        (truth, cells) = ([.. whole.Select(i => truth[i])], [.. cells.Select(column => whole.Select(i => column[i]).ToArray())]);

        int[] found = new LinearFit(truth).Find(cells, VarianceLeft);
        string how = "add up to";
        if (found.Length == 0 && truth.All(y => y > 0))
        {
            int[] positive = [.. Enumerable.Range(0, cells.Length).Where(j => cells[j].All(x => x > 0))];
            found = new LinearFit(Logarithms(truth)).Find([.. positive.Select(j => Logarithms(cells[j]))], VarianceLeft);
            found = [.. found.Select(j => positive[j])];
            how = "multiply or divide to";
        }

        if (found.Length < 2)
            yield break;
        string[] names = [.. found.Select(j => numbers[j].Name)];
        yield return Warning(names, found.Length, $"{how} '{target.Name}', with factors of their own");
    }

    static IEnumerable<DataWarning> OfClasses(DataPlan plan, Column[] inputs, int[] rows)
    {
        Column target = ClassColumn.Of(plan.Table, plan.Targets[0]);
        var classes = new int[rows.Length];
        target.CopyCategories(rows, classes);
        int count = target.Categories.Count;
        int[] tested = classes[(rows.Length / 2)..];
        int guessed = tested.Length - tested.CountBy(code => code).Max(pair => pair.Value);
        Column[] columns =
        [
            .. inputs.Where(column => column.Kind == ColumnKind.Number || column.Categories.Count <= MostTexts).Take(MostColumns),
        ];
        if (guessed < FewestRows || count > MostClasses || columns.Length == 0)
            yield break;
        double most = guessed * MistakesLeft;
        (Column[] asked, int mistakes) = Ask(columns);
        if (mistakes > most || asked.Length == 0)
            yield break;
        foreach (Column column in asked)
        {
            // A question of chance is not needed.
            (Column[] fewer, int left) = Ask([.. asked.Where(other => other != column)]);
            if (left <= most && fewer.Length > 0)
                (asked, mistakes) = (fewer, left);
        }

        double right = 1 - mistakes / (double)tested.Length;
        yield return Warning(
            [.. asked.Select(column => column.Name)], right,
            string.Create(
                CultureInfo.InvariantCulture, $"tell {right:P1} of the classes of '{target.Name}' right by a few questions"));

        (Column[] Asked, int Mistakes) Ask(Column[] among)
        {
            var tree = new SmallTree(
                [.. among.Select(column => column.Kind == ColumnKind.Number ? Numbers(column, rows) : Codes(column, rows))],
                [.. among.Select(column => column.Kind != ColumnKind.Number)], classes, count);
            (int[] places, int wrong) = tree.Grow();
            return ([.. places.Select(j => among[j])], wrong);
        }
    }

    static DataWarning Warning(string[] names, double number, string what)
    {
        string listed = names.Length == 1 ? $"Column '{names[0]}'"
            : $"Columns {string.Join(", ", names[..^1].Select(name => $"'{name}'"))} and '{names[^1]}' together";
        return new DataWarning(
            DataWarningKind.GiveTargetAwayTogether, names[0], number,
            $"{listed} {what}: if they are not known before the target is, leave them out with --ignore "
            + $"{string.Join(",", names)}.");
    }

    static double[] Logarithms(double[] numbers) => Array.ConvertAll(numbers, static x => Elementary.Log(x));

    static double[] Numbers(Column column, int[] rows)
    {
        var numbers = new double[rows.Length];
        column.CopyNumbers(rows, numbers);
        return numbers;
    }

    /// <summary>The places of texts among the categories, −1 for missing.</summary>
    static double[] Codes(Column column, int[] rows)
    {
        var codes = new int[rows.Length];
        column.CopyCategories(rows, codes);
        return Array.ConvertAll(codes, code => (double)code);
    }
}

using System.Globalization;

namespace Backprop;

/// <summary>
/// Finds columns that tell the target by themselves: a note made after the fact, a copy in another unit. A model that learns
/// from one looks perfect until it is used.
/// </summary>
static class TargetLeaks
{
    const int MostRows = 2000;

    // Fewer rows that guessing gets wrong, or values that repeat less often, prove nothing.
    const int FewestMistakes = 60;
    const int FewestRepeats = 5;

    // Of the mistakes of guessing the most frequent class, so many may be left.
    const double MistakesLeft = 0.01;
    const double Correlation = 0.9999;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        int[] rows = SampledRows.Of(plan.Training, MostRows);
        foreach (string target in plan.Targets)
        {
            Func<Column, double?> tells = plan.Task == TaskKind.Classify ? ClassTeller(plan, rows) : NumberTeller(plan.Table[target], rows);
            foreach (Column column in plan.Inputs)
            {
                if (tells(column) is not { } share)
                    continue;
                string what = plan.Task == TaskKind.Classify
                    ? string.Create(CultureInfo.InvariantCulture, $"tells {share:P1} of the classes of '{target}' right")
                    : string.Create(CultureInfo.InvariantCulture, $"goes with '{target}' at a correlation of {share:F5}");
                yield return new DataWarning(
                    DataWarningKind.GivesTargetAway, column.Name, share,
                    $"Column '{column.Name}' alone {what}: if it is not known before the target is, leave it out with "
                    + $"--ignore {column.Name}.");
            }
        }
    }

    /// <summary>For a column, the share of rows whose class it tells, where that is nearly all that guessing does not.</summary>
    static Func<Column, double?> ClassTeller(DataPlan plan, int[] rows)
    {
        Column target = DataPlanner.ClassColumn(plan.Table, plan.Targets[0]);
        var classes = new int[rows.Length];
        target.CopyCategories(rows, classes);
        int count = target.Categories.Count;
        int guessed = rows.Length - classes.CountBy(code => code).Max(pair => pair.Value);
        return column =>
        {
            if (guessed < FewestMistakes)
                return null;
            int mistakes = column.Kind == ColumnKind.Number
                ? MistakesByIntervals(Numbers(column, rows), classes, count)
                : MistakesByGroups(Groups(column, rows), classes);
            return mistakes <= guessed * MistakesLeft ? 1 - mistakes / (double)rows.Length : null;
        };
    }

    /// <summary>For a column, how well it goes with the target, where that is as good as perfect.</summary>
    static Func<Column, double?> NumberTeller(Column target, int[] rows)
    {
        double[] numbers = Numbers(target, rows);
        double[] ranks = Ranks(numbers);
        return column =>
        {
            if (rows.Length < FewestMistakes)
                return null;
            if (column.Kind != ColumnKind.Number)
                return ByGroups(Groups(column, rows), numbers);
            double[] cells = Numbers(column, rows);
            if (cells.Any(double.IsNaN) || cells.Distinct().Count() < FewestMistakes)
                return null;
            double best = Math.Max(Math.Abs(CorrelationOf(cells, numbers)), Math.Abs(CorrelationOf(Ranks(cells), ranks)));
            return best >= Correlation ? best : null;
        };
    }

    /// <summary>
    /// The fewest mistakes if the line of numbers is cut into as many intervals as there are classes and each is one class:
    /// by going along the sorted numbers, with the fewest so far for every number of intervals and class of the last.
    /// </summary>
    static int MistakesByIntervals(double[] numbers, int[] classes, int count)
    {
        int missing = 0;
        if (numbers.Any(double.IsNaN))
        {
            int[] without = [.. Enumerable.Range(0, numbers.Length).Where(i => double.IsNaN(numbers[i]))];
            missing = without.Length - without.CountBy(i => classes[i]).Max(pair => pair.Value);
            int[] with = [.. Enumerable.Range(0, numbers.Length).Where(i => !double.IsNaN(numbers[i]))];
            (numbers, classes) = ([.. with.Select(i => numbers[i])], [.. with.Select(i => classes[i])]);
        }

        int[] order = [.. Enumerable.Range(0, numbers.Length)];
        Array.Sort((double[])numbers.Clone(), order);
        var fewest = new int[count, count];
        var right = new int[count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            Array.Clear(right);
            for (end = start; end < order.Length && numbers[order[end]] == numbers[order[start]]; end++)
                right[classes[order[end]]]++;
            for (int intervals = count - 1; intervals >= 0; intervals--)
            {
                int before = intervals == 0 ? int.MaxValue : Enumerable.Range(0, count).Min(last => fewest[intervals - 1, last]);
                for (int last = 0; last < count; last++)
                    fewest[intervals, last] = Math.Min(fewest[intervals, last], before) + end - start - right[last];
            }
        }

        return missing + Enumerable.Range(0, count).Min(last => fewest[count - 1, last]);
    }

    /// <summary>The mistakes if every value is its most frequent class; all are where values hardly repeat.</summary>
    static int MistakesByGroups(int[] groups, int[] classes)
    {
        var counts = new Dictionary<(int Group, int Class), int>();
        for (int i = 0; i < groups.Length; i++)
            counts[(groups[i], classes[i])] = counts.GetValueOrDefault((groups[i], classes[i])) + 1;
        int[] best = [.. counts.GroupBy(pair => pair.Key.Group).Select(group => group.Max(pair => pair.Value))];
        return best.Length * FewestRepeats > groups.Length ? groups.Length : groups.Length - best.Sum();
    }

    /// <summary>The correlation of a target with its means by value of a column.</summary>
    static double? ByGroups(int[] groups, double[] numbers)
    {
        Dictionary<int, double> means = Enumerable.Range(0, groups.Length).GroupBy(i => groups[i])
            .ToDictionary(group => group.Key, group => group.Average(i => numbers[i]));
        if (means.Count * FewestRepeats > groups.Length)
            return null;
        double best = CorrelationOf([.. groups.Select(group => means[group])], numbers);
        return best >= Correlation ? best : null;
    }

    static double CorrelationOf(double[] x, double[] y)
    {
        (double meanX, double deviationX) = Statistics.MeanAndDeviation(x);
        (double meanY, double deviationY) = Statistics.MeanAndDeviation(y);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - meanX) * (y[i] - meanY);
        double scale = x.Length * deviationX * deviationY;
        return scale > 0 ? sum / scale : 0;
    }

    /// <summary>Places in the sorted order; equal numbers have the mean of theirs.</summary>
    static double[] Ranks(double[] numbers)
    {
        int[] order = [.. Enumerable.Range(0, numbers.Length)];
        Array.Sort((double[])numbers.Clone(), order);
        var ranks = new double[numbers.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start; end < order.Length && numbers[order[end]] == numbers[order[start]];)
                end++;
            for (int i = start; i < end; i++)
                ranks[order[i]] = (start + end - 1) / 2.0;
        }

        return ranks;
    }

    static double[] Numbers(Column column, int[] rows)
    {
        var numbers = new double[rows.Length];
        column.CopyNumbers(rows, numbers);
        return numbers;
    }

    static int[] Groups(Column column, int[] rows)
    {
        var groups = new int[rows.Length];
        column.CopyCategories(rows, groups);
        return groups;
    }
}

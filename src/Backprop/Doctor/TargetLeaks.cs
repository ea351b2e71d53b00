using System.Globalization;

namespace Backprop;

/// <summary>
/// Finds columns that tell the target by themselves: a note made after the fact, a copy in another unit. A model that learns
/// from one looks perfect until it is used.
/// </summary>
static class TargetLeaks
{
    const int MostRows = 2000;

    // Of these, so many that most columns which tell nothing are known by them.
    const int FewRows = 250;

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
            Func<Column, double?> tells = plan.Task == TaskKind.Classify
                ? ClassTeller(plan, rows)
                : NumberTeller(plan.Table[target], rows);
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
        Column target = ClassColumn.Of(plan.Table, plan.Targets[0]);
        int count = target.Categories.Count;
        int[] classes = Codes(target, rows);
        int[] fewRows = SampledRows.Of(rows, FewRows), fewClasses = Codes(target, fewRows);
        int guessed = rows.Length - MostFrequent(classes, count);
        double most = guessed * MistakesLeft;
        return column =>
        {
            // Whatever the intervals are, some of the rows have no more mistakes in them than all.
            bool isNumber = column.Kind == ColumnKind.Number;
            if (guessed < FewestMistakes
                || (isNumber && MistakesByIntervals(Numbers(column, fewRows), fewClasses, count) > most))
            {
                return null;
            }

            int mistakes = isNumber
                ? MistakesByIntervals(Numbers(column, rows), classes, count)
                : MistakesByGroups(Groups(column, rows), classes, column.Categories.Count + 1, count);
            return mistakes <= most ? 1 - mistakes / (double)rows.Length : null;
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
                return ByGroups(Groups(column, rows), column.Categories.Count + 1, numbers);
            double[] cells = Numbers(column, rows);
            double[] sorted = (double[])cells.Clone();
            Array.Sort(sorted);
            int different = 1;
            for (int i = 1; i < sorted.Length; i++)
                different += sorted[i] == sorted[i - 1] ? 0 : 1;
            if (double.IsNaN(sorted[0]) || different < FewestMistakes)
                return null;
            double best = Math.Max(Math.Abs(CorrelationOf(cells, numbers)), Math.Abs(CorrelationOf(Ranks(cells), ranks)));
            return best >= Correlation ? best : null;
        };
    }

    /// <summary>
    /// The fewest mistakes if the line of numbers is cut into as many intervals as there are classes and each is one class:
    /// by going along the sorted numbers, with the fewest so far for every number of intervals and class of the last. Missing
    /// numbers are an interval of their own.
    /// </summary>
    static int MistakesByIntervals(double[] numbers, int[] classes, int count)
    {
        // NaN sorts before all numbers.
        var sorted = (int[])classes.Clone();
        Array.Sort(numbers, sorted);
        int missing = 0;
        while (missing < numbers.Length && double.IsNaN(numbers[missing]))
            missing++;
        int mistakes = missing - MostFrequent(sorted.AsSpan(0, missing), count);

        // fewest[intervals · count + class of the last]
        var fewest = new int[count * count];
        var right = new int[count];
        for (int start = missing, end; start < sorted.Length; start = end)
        {
            Array.Clear(right);
            for (end = start; end < sorted.Length && numbers[end] == numbers[start]; end++)
                right[sorted[end]]++;
            for (int intervals = count - 1; intervals >= 0; intervals--)
            {
                int before = intervals == 0 ? int.MaxValue : Least(fewest.AsSpan((intervals - 1) * count, count));
                for (int last = intervals * count; last < (intervals + 1) * count; last++)
                    fewest[last] = Math.Min(fewest[last], before) + end - start - right[last - intervals * count];
            }
        }

        return mistakes + Least(fewest.AsSpan((count - 1) * count, count));
    }

    static int Least(ReadOnlySpan<int> numbers)
    {
        int least = int.MaxValue;
        foreach (int number in numbers)
            least = Math.Min(least, number);
        return least;
    }

    static int MostFrequent(ReadOnlySpan<int> classes, int count)
    {
        var counts = new int[count];
        int most = 0;
        foreach (int code in classes)
            most = Math.Max(most, ++counts[code]);
        return most;
    }

    /// <summary>The mistakes if every value is its most frequent class; all are where values hardly repeat.</summary>
    static int MistakesByGroups(int[] groups, int[] classes, int values, int count)
    {
        var counts = new int[values * count];
        for (int i = 0; i < groups.Length; i++)
            counts[groups[i] * count + classes[i]]++;
        int right = 0, different = 0;
        for (int group = 0; group < values; group++)
        {
            int most = 0;
            foreach (int one in counts.AsSpan(group * count, count))
                most = Math.Max(most, one);
            right += most;
            different += most > 0 ? 1 : 0;
        }

        return different * FewestRepeats > groups.Length ? groups.Length : groups.Length - right;
    }

    /// <summary>The correlation of a target with its means by value of a column, where that is as good as perfect.</summary>
    static double? ByGroups(int[] groups, int values, double[] numbers)
    {
        var sums = new double[values];
        var counts = new int[values];
        int different = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            sums[groups[i]] += numbers[i];
            different += counts[groups[i]]++ == 0 ? 1 : 0;
        }

        if (different * FewestRepeats > groups.Length)
            return null;
        var means = new double[groups.Length];
        for (int i = 0; i < groups.Length; i++)
            means[i] = sums[groups[i]] / counts[groups[i]];
        double best = CorrelationOf(means, numbers);
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
        var order = new int[numbers.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
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

    static int[] Codes(Column column, int[] rows)
    {
        var codes = new int[rows.Length];
        column.CopyCategories(rows, codes);
        return codes;
    }

    /// <summary>The place of each text among the categories, from 1; 0 for missing.</summary>
    static int[] Groups(Column column, int[] rows)
    {
        int[] groups = Codes(column, rows);
        for (int i = 0; i < groups.Length; i++)
            groups[i]++;
        return groups;
    }
}

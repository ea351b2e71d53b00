using System.Globalization;

namespace Backprop;

/// <summary>Finds numbers that stand for a missing one: −999 among temperatures, 9999 among counts, −1 among ages.</summary>
static class Sentinels
{
    const int FewestRows = 2, FewestOthers = 2;

    // Of the range of the other numbers: so far away is no measurement.
    const double LeastGap = 0.5;

    // No table has measured such a number beside others so much smaller.
    const double Endless = 1e15, MuchSmaller = 1e-9;

    // Among numbers of which none is smaller, −1 is of another kind.
    const double FarFromZero = 100;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        IEnumerable<Column> targets = plan.Task == TaskKind.Regress ? plan.Targets.Select(name => plan.Table[name]) : [];
        foreach (Column column in plan.Inputs.Concat(targets)
            .Where(column => column.Kind == ColumnKind.Number && !column.IsPixel))
        {
            var numbers = new double[column.Count];
            column.CopyNumbers(0, numbers);
            int count = 0;
            foreach (double number in numbers)
            {
                if (!double.IsNaN(number))
                    numbers[count++] = number;
            }

            if (count == 0 || Sentinel(numbers.AsSpan(0, count)) is not { } found)
                continue;
            string text = found.Value.ToString("R", CultureInfo.InvariantCulture);
            yield return new DataWarning(
                DataWarningKind.Sentinel, column.Name, found.Value,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Rows} {(found.Rows == 1 ? "row" : "rows")} of column '{column.Name}' say {text}, far from all "
                    + $"others ({found.Least:G6} to {found.Most:G6}): if it stands for a missing number, name it as the file "
                    + $"writes it: --missing +{text}."));
        }
    }

    /// <summary>The least or largest number, where it looks like one that stands for a missing one.</summary>
    static (double Value, int Rows, double Least, double Most)? Sentinel(Span<double> numbers)
    {
        (double least, double most) = Statistics.Extremes(numbers);
        foreach (double candidate in new[] { least, most })
        {
            if (!IsSentinelLike(candidate))
                continue;
            int rows = 0;
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            foreach (double number in numbers)
            {
                if (number == candidate)
                    rows++;
                else
                    (low, high) = (Math.Min(low, number), Math.Max(high, number));
            }

            if (numbers.Length - rows < FewestOthers || low == high || !IsFar(candidate, rows, low, high))
                continue;
            return (candidate, rows, low, high);
        }

        return null;
    }

    static bool IsFar(double candidate, int rows, double low, double high)
    {
        double gap = candidate < low ? low - candidate : candidate - high;
        if (Math.Abs(candidate) >= Endless)
            return Math.Max(Math.Abs(low), Math.Abs(high)) < Math.Abs(candidate) * MuchSmaller;
        if (rows < FewestRows)
            return false;
        return candidate switch
        {
            // A −1 is one where nothing else is near zero, and a −9 among answers from 0 or 1 on.
            -1 => low >= FarFromZero || (low >= 1 && gap >= 0.1 * (high - low)),
            -9 => low >= 0 && gap >= high - low,
            _ => gap >= LeastGap * (high - low),
        };
    }

    /// <summary>−1, −9, only nines, the ends of types, or larger than anything measured.</summary>
    static bool IsSentinelLike(double number) =>
        number is -1 or -9 or short.MinValue or short.MaxValue or ushort.MaxValue or int.MinValue or int.MaxValue or uint.MaxValue
        || Math.Abs(number) >= Endless
        || AreNines(Math.Abs(number));

    static bool AreNines(double number)
    {
        double whole = Math.Floor(number);
        return whole is >= 99 and < 1e15 && (number == whole || number - whole > 0.89)
            && ((long)whole).ToString(CultureInfo.InvariantCulture).All(digit => digit == '9');
    }
}

using System.Globalization;

namespace Backprop;

/// <summary>Finds columns whose numbers single precision cannot hold, or cannot tell apart: time stamps, long numbers.</summary>
static class PrecisionLoss
{
    const int Block = 4096;

    // Of the deviation: a rounding of less is lost among what the network does with it.
    const double LargestRounding = 1e-3;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        IEnumerable<Column> targets = plan.Task == TaskKind.Regress ? plan.Targets.Select(name => plan.Table[name]) : [];
        foreach (Column column in plan.Inputs.Concat(targets).Where(column => column.Kind == ColumnKind.Number))
        {
            (double most, double rounding, double deviation) = Measure(column);
            string? what = most > float.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"has numbers up to {most:G3}, and single precision ends at 3.4e38")
                : rounding > LargestRounding * deviation && deviation > 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"has numbers that single precision rounds by up to {rounding:G2}, {rounding / deviation:P1} of their deviation")
                    : null;
            if (what is not null)
            {
                yield return new DataWarning(
                    DataWarningKind.BeyondSinglePrecision, column.Name, most > float.MaxValue ? most : rounding,
                    $"Column '{column.Name}' {what}; train with --precision double.");
            }
        }
    }

    /// <summary>The largest number, the largest rounding to single precision, and the deviation.</summary>
    static (double Most, double Rounding, double Deviation) Measure(Column column)
    {
        double most = 0, rounding = 0, shift = double.NaN, sum = 0, squares = 0;
        long count = 0;
        Span<double> block = stackalloc double[Block];
        for (int start = 0; start < column.Count; start += Block)
        {
            Span<double> cells = block[..Math.Min(Block, column.Count - start)];
            column.CopyNumbers(start, cells);
            foreach (double cell in cells)
            {
                if (double.IsNaN(cell))
                    continue;
                shift = double.IsNaN(shift) ? cell : shift;
                most = Math.Max(most, Math.Abs(cell));
                rounding = Math.Max(rounding, Math.Abs(cell - (float)cell));
                // From the first number, so that a small deviation of large numbers is not lost.
                sum += cell - shift;
                squares += (cell - shift) * (cell - shift);
                count++;
            }
        }

        double mean = sum / Math.Max(1, count);
        return (most, rounding, Math.Sqrt(Math.Max(0, squares / Math.Max(1, count) - mean * mean)));
    }
}

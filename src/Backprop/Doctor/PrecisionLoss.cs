using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Backprop;

/// <summary>Finds columns whose numbers single precision cannot hold, or cannot tell apart: time stamps, long numbers.</summary>
static class PrecisionLoss
{
    const int Block = 4096;

    // Of the deviation: a rounding of less is lost among what the network does with it.
    const double LargestRounding = 1e-3;

    // Below, single precision is less precise; and the square of a hundred.
    const double SmallestSure = 1e-30, LargestSpread = 1e4;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        IEnumerable<Column> targets = plan.Task == TaskKind.Regress ? plan.Targets.Select(name => plan.Table[name]) : [];
        foreach (Column column in plan.Inputs.Concat(targets).Where(column => column.Kind == ColumnKind.Number))
        {
            if (IsSpread(column))
                continue;
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

    /// <summary>
    /// Whether the deviation is at least a hundredth of the largest number. Single precision rounds by at most 2⁻²⁴ of that, so
    /// by no more than a hundred-thousandth of the deviation. The order in which it is summed up here is of no account for this.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool IsSpread(Column column)
    {
        Span<double> block = stackalloc double[Block];
        Vector256<double> most = default, sum = default, squares = default, shift = default;
        for (int start = 0; start < column.Count; start += Block)
        {
            int count = Math.Min(Block, column.Count - start);
            column.CopyNumbers(start, block[..count]);
            shift = start == 0 && double.IsFinite(block[0]) ? Vector256.Create(block[0]) : shift;

            // To whole vectors, as if the rest were missing.
            Span<double> cells = block[..(count + (-count & (Vector256<double>.Count - 1)))];
            cells[count..].Fill(double.NaN);
            for (int i = 0; i < cells.Length; i += Vector256<double>.Count)
            {
                Vector256<double> some = Vector256.Create<double>(cells[i..]), present = Vector256.Equals(some, some);
                most = Vector256.Max(most, Vector256.Abs(some) & present);
                Vector256<double> distance = (some - shift) & present;
                sum += distance;
                squares += distance * distance;
            }
        }

        double largest = Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
        int numbers = Math.Max(1, column.Count - column.MissingCount);
        double mean = Vector256.Sum(sum) / numbers, variance = Vector256.Sum(squares) / numbers - mean * mean;
        return largest is >= SmallestSure and <= float.MaxValue && variance * LargestSpread >= largest * largest;
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

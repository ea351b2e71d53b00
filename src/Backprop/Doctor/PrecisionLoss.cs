using System.Globalization;

namespace Backprop;

/// <summary>
/// Finds columns whose numbers single precision cannot hold, or cannot tell apart, where they are taken as they are; standardised
/// ones are standardised in double.
/// </summary>
static class PrecisionLoss
{
    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        if (plan.Encode != EncodeKind.None)
            yield break;
        IEnumerable<Column> targets = plan.Task == TaskKind.Regress ? plan.Targets.Select(name => plan.Table[name]) : [];
        foreach (Column column in plan.Inputs.Concat(targets).Where(column => column.Kind == ColumnKind.Number))
        {
            var numbers = new double[column.Count];
            column.CopyNumbers(0, numbers);
            if (SinglePrecision.IsSpread(numbers))
                continue;
            (double most, double rounding, double deviation) = SinglePrecision.Measure(numbers);
            string? what = most > float.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"has numbers up to {most:G3}, and single precision ends at 3.4e38")
                : rounding > SinglePrecision.LargestRounding * deviation && deviation > 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"has numbers that single precision rounds by up to {rounding:G2}, {rounding / deviation:P1} of their "
                        + $"deviation")
                    : null;
            if (what is not null)
            {
                yield return new DataWarning(
                    DataWarningKind.BeyondSinglePrecision, column.Name, most > float.MaxValue ? most : rounding,
                    $"Column '{column.Name}' {what}; train with --precision double, or without --encode none.");
            }
        }
    }
}

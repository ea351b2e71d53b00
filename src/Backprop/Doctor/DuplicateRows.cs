using System.Globalization;

namespace Backprop;

/// <summary>Finds held-out rows that are among the training rows: what is measured on them was learnt by heart.</summary>
static class DuplicateRows
{
    // A few equal rows are chance.
    const int Fewest = 3;
    const double LeastShare = 0.05;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        if (plan.Validation.Length + plan.Test.Length == 0)
            yield break;
        string[] columns = [.. plan.Inputs.Select(column => column.Name), .. plan.Targets];
        HashSet<ulong> training = [.. RowKeys.Of(plan.Table, columns, plan.Training)];
        foreach ((string name, int[] rows, Table? own) in new[]
        {
            ("validation", plan.Validation, plan.ValidationTable),
            ("test", plan.Test, plan.TestTable),
        })
        {
            int count = RowKeys.Of(own ?? plan.Table, columns, rows).Count(training.Contains);
            if (count < Fewest || count < rows.Length * LeastShare)
                continue;
            yield return new DataWarning(
                DataWarningKind.DuplicateRows, "", count,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} of {rows.Length} {name} rows are equal to training rows in all columns that are used, so what is measured on them ")
                + $"looks better than it is; take rows out that are there twice, or give others with --{name} FILE.");
        }
    }
}

using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Finds held-out rows that are among the training rows: what is measured on them was learnt by heart.</summary>
static class DuplicateRows
{
    // A few equal rows are chance.
    const int Fewest = 3;
    const double LeastShare = 0.05;

    // Rows that are equal are so in these, too; in most tables hardly any others are.
    const int FewColumns = 8;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        if (plan.Validation.Length + plan.Test.Length == 0)
            yield break;
        string[] columns = [.. plan.Inputs.Select(column => column.Name), .. plan.Targets];
        IEnumerable<int> places = Enumerable.Range(0, FewColumns).Select(i => i * columns.Length / FewColumns).Distinct();
        string[] few = [.. places.Select(place => columns[place])];
        var filter = new KeyFilter(RowKeys.Of(plan.Table, few, plan.Training));
        HashSet<ulong>? training = null;
        foreach ((string name, int[] rows, Table? own) in new[]
        {
            ("validation", plan.Validation, plan.ValidationTable),
            ("test", plan.Test, plan.TestTable),
        })
        {
            Table table = own ?? plan.Table;
            // Free text in a file of held-out rows is none of the training rows' cells.
            if (columns.Any(column => table[column].Kind == ColumnKind.Text)
                || AreFew(RowKeys.Of(table, few, rows).Count(filter.MayHave), rows))
                continue;
            training ??= [.. RowKeys.Of(plan.Table, columns, plan.Training)];
            int count = RowKeys.Of(table, columns, rows).Count(training.Contains);
            if (AreFew(count, rows))
                continue;
            yield return new DataWarning(
                DataWarningKind.DuplicateRows, "", count,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} of {Counted.Of(rows.Length, $"{name} row")} {(count == 1 ? "is" : "are")} equal to training rows "
                    + $"in all columns that are used, so what is measured on them ")
                + $"looks better than it is; take rows out that are there twice, or give others with --{name} FILE.");
        }
    }

    static bool AreFew(int count, int[] rows) => count < Fewest || count < rows.Length * LeastShare;
}

namespace Backprop;

/// <summary>Finds columns that name rows, and columns that say the same in all.</summary>
static class UselessColumns
{
    const int MostOneByOne = 3;
    const int Listed = 8;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        foreach (Column column in plan.Table.Columns.Where(column => plan.LeftOut.Any(left => left.Name == column.Name)))
        {
            if (column.Kind == ColumnKind.Identifier)
            {
                yield return new DataWarning(
                    DataWarningKind.Identifier, column.Name, column.Count,
                    $"Column '{column.Name}' names rows, with {column.Count} different numbers in {column.Count} rows ({column.Reason}), and is "
                    + $"left out; --types {column.Name}=number takes it.");
            }
        }

        // A pixel that is the same in all images is no mistake.
        string[] constant = [.. plan.Inputs.Where(column => !column.IsPixel && IsConstant(column, plan.Training)).Select(column => column.Name)];
        if (constant.Length > MostOneByOne)
        {
            string names = string.Join(",", constant.Take(Listed)) + (constant.Length > Listed ? ",…" : "");
            yield return new DataWarning(
                DataWarningKind.Constant, constant[0], constant.Length,
                $"{constant.Length} columns have 1 value in all {plan.Training.Length} training rows, so that nothing can be learnt from them; "
                + $"leave them out with --ignore {names}.");
            yield break;
        }

        foreach (string name in constant)
        {
            yield return new DataWarning(
                DataWarningKind.Constant, name, 1,
                $"Column '{name}' has 1 value in all {plan.Training.Length} training rows, so that nothing can be learnt from it; leave it "
                + $"out with --ignore {name}.");
        }
    }

    static bool IsConstant(Column column, int[] rows)
    {
        bool isText = column.Kind != ColumnKind.Number;
        for (int i = 1; i < rows.Length; i++)
        {
            if (isText ? column.Category(rows[i]) != column.Category(rows[0]) : !column.Number(rows[i]).Equals(column.Number(rows[0])))
                return false;
        }

        return rows.Length > 1;
    }
}

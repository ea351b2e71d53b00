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
                    $"Column '{column.Name}' is left out: it names rows, with {column.Count} different numbers in {column.Count} rows "
                    + $"({column.Reason}); --types {FlagText.Of(column.Name, "number")} takes it.");
            }
        }

        // A pixel that is the same in all images is no mistake.
        string[] constant = [.. plan.Inputs.Where(column => !column.IsPixel && IsConstant(column, plan.Training)).Select(column => column.Name)];
        bool isTaken = plan.Encode == EncodeKind.None;
        if (constant.Length > MostOneByOne)
        {
            string names = string.Join(",", constant.Take(Listed)) + (constant.Length > Listed ? ",…" : "");
            yield return new DataWarning(
                DataWarningKind.Constant, constant[0], constant.Length,
                $"{constant.Length} columns {(isTaken ? "say nothing" : "are left out")}: each has 1 value in all {plan.Training.Length} "
                + $"training rows; --ignore {names} {(isTaken ? "leaves them out" : "says so without this warning")}.");
            yield break;
        }

        foreach (string name in constant)
        {
            yield return new DataWarning(
                DataWarningKind.Constant, name, 1,
                $"Column '{name}' {(isTaken ? "says nothing" : "is left out")}: it has 1 value in all {plan.Training.Length} training rows; "
                + $"--ignore {name} {(isTaken ? "leaves it out" : "says so without this warning")}.");
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

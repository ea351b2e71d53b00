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
                    $"Column '{column.Name}' is left out: it names rows, with {column.Count} different numbers in {column.Count} "
                    + $"rows ({column.Reason}); --types {FlagText.Of(column.Name, "number")} takes it.");
            }
        }

        // A pixel that is the same in all images is no mistake.
        Column[] constant = [.. plan.Inputs.Where(column => !column.IsPixel && IsConstant(column, plan.Training))];
        if (constant.Length > 0 && PixelColumns.White(plan.Inputs, plan.Training) is { } white)
            constant = [.. constant.Where(column => !PixelColumns.IsPixel(column, plan.Training[0], white))];
        bool isTaken = plan.Encode == EncodeKind.None;
        if (constant.Length > MostOneByOne)
        {
            string names = string.Join(",", constant.Take(Listed).Select(column => column.Name))
                + (constant.Length > Listed ? ",…" : "");
            int missing = constant.Count(column => column.IsMissing(plan.Training[0]));
            string what = missing == constant.Length ? "is missing in every training row"
                : $"has 1 value in all {plan.Training.Length} training rows{(missing > 0 ? " or is missing in every one" : "")}";
            yield return new DataWarning(
                DataWarningKind.Constant, constant[0].Name, constant.Length,
                $"{constant.Length} columns {(isTaken ? "say nothing" : "are left out")}: each {what}; --ignore {names} "
                + $"{(isTaken ? "leaves them out" : "says so without this warning")}.");
            yield break;
        }

        foreach (Column column in constant)
        {
            string what = column.IsMissing(plan.Training[0])
                ? "is missing in every training row" : $"has 1 value in all {plan.Training.Length} training rows";
            yield return new DataWarning(
                DataWarningKind.Constant, column.Name, 1,
                $"Column '{column.Name}' {(isTaken ? "says nothing" : "is left out")}: it {what}; "
                + $"--ignore {column.Name} {(isTaken ? "leaves it out" : "says so without this warning")}.");
        }
    }

    static bool IsConstant(Column column, int[] rows)
    {
        bool isText = column.Kind != ColumnKind.Number;
        for (int i = 1; i < rows.Length; i++)
        {
            if (isText
                ? column.Category(rows[i]) != column.Category(rows[0])
                : !column.Number(rows[i]).Equals(column.Number(rows[0])))
            {
                return false;
            }
        }

        return rows.Length > 1;
    }
}

namespace Backprop;

/// <summary>The true targets of some rows: the class index of each, or the numbers [rows, targets] row by row.</summary>
readonly record struct Truth(int[] Classes, double[] Numbers)
{
    /// <summary>The true targets of a table's rows.</summary>
    /// <exception cref="BackpropException">A target is missing or unknown.</exception>
    public static Truth Of(Table table, TargetDecoder target)
    {
        if (target is ClassTarget classes)
            return new Truth(TargetValues.Classes(table, classes), []);

        var numberTarget = (NumberTarget)target;
        int count = numberTarget.Columns.Length;
        var numbers = new double[table.RowCount * count];
        for (int k = 0; k < count; k++)
        {
            double[] column = TargetValues.Numbers(table, numberTarget.Columns[k]);
            for (int row = 0; row < column.Length; row++)
                numbers[row * count + k] = column[row];
        }

        return new Truth([], numbers);
    }

    /// <summary>Those of some of the rows.</summary>
    public Truth Take(int[] rows, int targets)
    {
        (int[] classes, double[] numbers) = (Classes, Numbers);
        return new Truth(
            classes.Length == 0 ? [] : [.. rows.Select(row => classes[row])],
            numbers.Length == 0 ? [] : [.. rows.SelectMany(row => numbers.AsSpan(row * targets, targets).ToArray())]);
    }
}

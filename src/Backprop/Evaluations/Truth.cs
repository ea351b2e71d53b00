namespace Backprop;

/// <summary>What is true of some rows, and how much each counts.</summary>
/// <param name="Classes">The class index of each row; empty for numbers.</param>
/// <param name="Numbers">The numbers [rows, targets] row by row; empty for classes.</param>
/// <param name="Weights">The weight of each row in what is measured; empty for 1.</param>
readonly record struct Truth(int[] Classes, double[] Numbers, double[] Weights)
{
    /// <summary>The true targets of a table's rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="weights">The weight of each row; empty for 1.</param>
    /// <exception cref="BackpropException">A target is missing or unknown.</exception>
    public static Truth Of(Table table, TargetDecoder target, double[] weights)
    {
        if (target is ClassTarget classes)
            return new Truth(TargetValues.Classes(table, classes), [], weights);

        var numberTarget = (NumberTarget)target;
        int count = numberTarget.Columns.Length;
        var numbers = new double[table.RowCount * count];
        for (int k = 0; k < count; k++)
        {
            double[] column = TargetValues.Numbers(table, numberTarget.Columns[k]);
            for (int row = 0; row < column.Length; row++)
                numbers[row * count + k] = column[row];
        }

        return new Truth([], numbers, weights);
    }

    /// <summary>Those of some of the rows.</summary>
    public Truth Take(int[] rows, int targets)
    {
        (int[] classes, double[] numbers, double[] weights) = this;
        return new Truth(
            classes.Length == 0 ? [] : [.. rows.Select(row => classes[row])],
            numbers.Length == 0 ? [] : [.. rows.SelectMany(row => numbers.AsSpan(row * targets, targets).ToArray())],
            weights.Length == 0 ? [] : [.. rows.Select(row => weights[row])]);
    }
}

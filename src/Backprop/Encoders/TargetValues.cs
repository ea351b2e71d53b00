using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>The true targets of a table's rows, for training and for measuring.</summary>
static class TargetValues
{
    /// <summary>The class index of each row.</summary>
    /// <exception cref="BackpropException">A row's class is missing or not one of the model's.</exception>
    public static int[] Classes(Table table, ClassTarget target)
    {
        if (table[target.Column] is { Kind: ColumnKind.Text } texts)
        {
            throw new BackpropException(
                $"The target column '{target.Column}' of {table.Source} holds texts{Such(texts)}, which are not among the "
                + $"classes {Listed(target.Classes)}.");
        }

        Column column = ClassColumn.Of(table, target.Column);
        var classes = new int[table.RowCount];
        column.CopyCategories(0, classes);
        target.Encode(classes, column.Categories, classes);
        int wrong = Array.IndexOf(classes, -1);
        if (wrong < 0)
            return classes;

        throw new BackpropException(column.IsMissing(wrong)
            ? $"The target column '{target.Column}' of {table.Source} is missing in {table.Place(wrong)}."
            : $"The target column '{target.Column}' of {table.Source} says '{column.Categories[column.Category(wrong)]}' in "
                + $"{table.Place(wrong)}, which is not one of the classes {Listed(target.Classes)}.");
    }

    /// <summary>The numbers of one target column.</summary>
    /// <exception cref="BackpropException">A row's number is missing, or the column holds texts.</exception>
    public static double[] Numbers(Table table, string name)
    {
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        double[] numbers = ColumnNumbers.Of(table[name], rows);
        int missing = Array.FindIndex(numbers, double.IsNaN);
        if (missing >= 0)
            throw new BackpropException($"The target column '{name}' of {table.Source} is missing in {table.Place(missing)}.");
        return numbers;
    }

    /// <summary>The targets of some rows as the network gives them, [rows, targets].</summary>
    /// <exception cref="BackpropException">A row's number is missing or too large for T, or a column holds texts.</exception>
    public static Matrix<T> Encode<T>(Table table, NumberTarget target, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = target.Columns.Length;
        return CellFault.In(table, () =>
        {
            var targets = new Matrix<T>(rows.Length, count, count);
            for (int k = 0; k < count; k++)
                target.Encode(k, ColumnNumbers.Of(table[target.Columns[k]], rows), rows, targets.Padded[k..], count);
            return targets;
        });
    }

    static string Such(Column texts) => texts.SampleTexts is [var first, ..] ? $" such as {CsvContext.Quoted(first)}" : "";

    static string Listed(IReadOnlyList<string> classes)
    {
        const int Shown = 10;
        return string.Join(", ", classes.Take(Shown)) + (classes.Count > Shown ? $" and {classes.Count - Shown} more" : "");
    }
}

using System.Globalization;

namespace Backprop;

/// <summary>The column of row weights of a table.</summary>
static class WeightColumn
{
    /// <summary>The weights of rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The column.</param>
    /// <param name="rows">The rows, or null for all.</param>
    /// <exception cref="BackpropException">A weight is missing, negative, not finite or a text; it says in which
    /// line.</exception>
    public static double[] Read(Table table, string name, int[]? rows = null)
    {
        Column column = table[name];
        if (column.Kind is ColumnKind.Category or ColumnKind.Text)
            throw Texts(table, column);
        rows ??= [.. Enumerable.Range(0, table.RowCount)];
        double[] weights = ColumnNumbers.Of(column, rows);
        int wrong = Array.FindIndex(weights, static weight => !double.IsFinite(weight) || weight < 0);
        if (wrong < 0)
            return weights;
        throw new BackpropException(double.IsNaN(weights[wrong])
            ? $"The column '{name}' of --row-weights has no weight in {table.Place(rows[wrong])} of {table.Source}; every row "
                + "needs one, 0 or more."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The weight in {table.Place(rows[wrong])} of {table.Source}, column '{name}', is {weights[wrong]}; it must be 0 "
                + $"or more and finite."));
    }

    static BackpropException Texts(Table table, Column column)
    {
        bool isText = column.Kind == ColumnKind.Text;
        int row = isText ? -1 : Enumerable.Range(0, column.Count).FirstOrDefault(
            row => column.Category(row) is >= 0 and var code && AlmostNumbers.IsOther(column.Categories[code]), -1);
        string cell = row >= 0 ? $", such as {CsvContext.Quoted(column.Text(row))} in {table.Place(row)}"
            : AlmostNumbers.Others(column) is [var text, ..] ? $", such as {CsvContext.Quoted(text)}" : "";
        return new BackpropException(
            $"The column '{column.Name}' of {table.Source} holds texts{cell}; --row-weights needs a column of numbers.");
    }
}

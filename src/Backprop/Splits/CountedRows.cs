using System.Globalization;

namespace Backprop;

/// <summary>A table without its rows of weight 0, which are to change nothing.</summary>
/// <param name="Table">The rows that count.</param>
/// <param name="Weights">The weight of each of them; empty for 1.</param>
/// <param name="LeftOut">How many rows of weight 0 there were.</param>
readonly record struct CountedRows(Table Table, double[] Weights, int LeftOut)
{
    /// <summary>Says how many rows are left out.</summary>
    public static string Sentence(int leftOut, string column) => string.Create(
        CultureInfo.InvariantCulture,
        $"{leftOut:N0} {(leftOut == 1 ? "row" : "rows")} of weight 0 in column '{column}' {(leftOut == 1 ? "is" : "are")} left "
        + $"out.");

    /// <summary>Leaves out the rows of weight 0.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column of row weights; null, or one that the table does not have, for 1 each.</param>
    /// <exception cref="BackpropException">A weight is missing, negative or not finite, or none is above 0.</exception>
    public static CountedRows Of(Table table, string? column)
    {
        if (column is null || !table.TryGetColumn(column, out _))
            return new CountedRows(table, [], 0);
        double[] weights = WeightColumn.Read(table, column);
        int[] rows = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        if (rows.Length == 0)
        {
            throw new BackpropException(
                $"No row of {table.Source} has a weight above 0 in column '{column}', so none counts; give some rows a weight.");
        }

        return rows.Length == table.RowCount
            ? new CountedRows(table, weights, 0)
            : new CountedRows(table.Take(rows), [.. rows.Select(row => weights[row])], table.RowCount - rows.Length);
    }
}

using System.Globalization;

namespace Backprop;

/// <summary>The rows of a table whose targets are known.</summary>
static class KnownRows
{
    /// <summary>The table without rows whose target is missing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The target columns.</param>
    /// <param name="how">Whether there may be such rows.</param>
    /// <param name="notes">Receives how many there were, in a sentence for people.</param>
    /// <exception cref="BackpropException">There is no such column, or there are such rows and may be none, or no
    /// others.</exception>
    public static Table Of(Table table, IReadOnlyList<string> targets, MissingTarget how, List<string> notes)
    {
        // Free text is no target, which is said elsewhere.
        Column[] columns =
            [.. targets.Select(name => table[name]).Where(column => column.Kind != ColumnKind.Text && column.MissingCount > 0)];
        if (columns.Length == 0)
            return table;
        int[] known = [.. Enumerable.Range(0, table.RowCount).Where(row => !columns.Any(column => column.IsMissing(row)))];
        int missing = table.RowCount - known.Length;
        int first = Enumerable.Range(0, table.RowCount).First(row => columns.Any(column => column.IsMissing(row)));
        string where = table.Place(first);
        string target = columns.Length == 1 ? $"The target column '{columns[0].Name}'" : "A target column";
        if (known.Length == 0)
            throw new BackpropException(
                $"{target} of {table.Source} is missing in all rows, so there is nothing to learn it from.{Classes(columns)}");
        if (how == MissingTarget.Refuse)
        {
            throw new BackpropException(string.Create(
                CultureInfo.InvariantCulture,
                $"{target} of {table.Source} is missing in {missing:N0} of {table.RowCount:N0} rows, the first in {where}; "
                + $"--missing-target drop leaves {(missing == 1 ? "it" : "them")} out.{Classes(columns)}"));
        }

        notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{missing:N0} of {table.RowCount:N0} rows of {table.Source} {(missing == 1 ? "is" : "are")} left out without a "
            + $"target, the first in {where}."));
        return table.Take(known);
    }

    /// <summary>How a text that means missing can be a class, where the column has such a text.</summary>
    static string Classes(Column[] columns) =>
        columns.FirstOrDefault(column => column.MissingText is not null) is { MissingText: { } text }
            ? $" {CsvContext.Quoted(text)} means missing; --not-missing {FlagText.Of(text)} makes a class of it."
            : "";
}

using System.Collections.Immutable;

namespace Backprop;

/// <summary>
/// The cells of a column that say what training did not see: a category that is new, a text among numbers, a word that is neither
/// yes nor no. They are predicted with all the same, counted as <see cref="CountAs"/> says.
/// </summary>
public sealed class UnseenCells
{
    const int MostExamples = StrayTexts.MostExamples;

    readonly bool _areTexts;

    UnseenCells(ColumnEncoder encoder, string column, int of, int rows, int firstRow, IEnumerable<string> examples)
    {
        (Column, Cells, Rows, FirstRow, Examples) = (column, of, rows, firstRow, [.. examples]);
        CountAs = encoder.Operations switch
        {
            [Lookup, ..] => "none of its categories",
            [YesNo, FillMissing { Value: 1 }] => "yes",
            [YesNo, FillMissing] => "no",
            _ => "missing",
        };
        _areTexts = encoder.TakesText;
    }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>The number of rows that were looked at.</summary>
    public int Cells { get; }

    /// <summary>The number of rows whose cell is such.</summary>
    public int Rows { get; }

    /// <summary>The first of those rows, counted from 0.</summary>
    public int FirstRow { get; }

    /// <summary>Up to three different texts of such cells, in the order of the rows.</summary>
    public ImmutableArray<string> Examples { get; }

    /// <summary>What the model takes them for: <c>missing</c>, <c>none of its categories</c>, <c>yes</c> or <c>no</c>.</summary>
    public string CountAs { get; }

    /// <summary>A sentence for people.</summary>
    public override string ToString()
    {
        bool isOne = Rows == 1, isMore = Rows > Examples.Length && Examples.Length == MostExamples;
        string examples = string.Join(", ", Examples.Select(text => CsvContext.Quoted(text))) + (isMore ? ", …" : "");
        string what = _areTexts
            ? $"{(isOne ? "says" : "say")} what training did not see"
            : isOne ? "is no number" : "are no numbers";
        return $"{Rows} of {Cells} {(Cells == 1 ? "cell" : "cells")} of '{Column}' {what} ({examples}); "
            + $"{(isOne ? "it counts" : "they count")} as {CountAs}.";
    }

    /// <summary>Those of a column of texts; null where no row that matters has one.</summary>
    /// <param name="encoder">What takes the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="meanings">What its categories mean to the encoder; null for one that it does not know.</param>
    /// <param name="rows">The rows that matter, or null for all.</param>
    internal static UnseenCells? Of(ColumnEncoder encoder, Column column, string?[] meanings, int[]? rows)
    {
        int found = 0, firstRow = 0, count = rows?.Length ?? column.Count;
        var examples = new List<string>();
        for (int i = 0; i < count; i++)
        {
            int row = rows?[i] ?? i, code = column.Category(row);
            if (code < 0 || meanings[code] is not null)
                continue;
            if (found++ == 0)
                firstRow = row;
            if (examples.Count < MostExamples && !examples.Contains(column.Categories[code], StringComparer.Ordinal))
                examples.Add(column.Categories[code]);
        }

        return found == 0 ? null : new UnseenCells(encoder, column.Name, count, found, firstRow, examples);
    }

    /// <summary>Those of a column of numbers; null where no row that matters has one.</summary>
    /// <param name="encoder">What takes the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="strays">Its texts that are no numbers.</param>
    /// <param name="rows">The rows that matter, or null for all.</param>
    internal static UnseenCells? Of(ColumnEncoder encoder, Column column, StrayTexts strays, int[]? rows)
    {
        if (rows is null)
            return new UnseenCells(encoder, column.Name, column.Count, strays.Rows.Count, strays.Rows[0], strays.Examples);
        int[] found = [.. strays.Rows.Intersect(rows)];
        string[] examples = [.. found.Select(column.Text).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(MostExamples)];
        return found.Length == 0 ? null
            : new UnseenCells(
                encoder, column.Name, rows.Length, found.Length, found[0], examples.Length == 0 ? strays.Examples : examples);
    }

    /// <summary>The refusal of these cells.</summary>
    /// <param name="source">What to call the table.</param>
    internal BackpropException Refusal(string source) => new(
        $"{source}, data row {FirstRow + 1}, column '{Column}': {CsvContext.Quoted(Examples[0])} is "
        + (_areTexts ? "nothing that training saw" : "no number")
        + (Rows == 1 ? "" : $", nor is what {Rows - 1} more {(Rows == 2 ? "row says" : "rows say")}")
        + $"; correct the cell, or leave out --strict to count it as {CountAs}.");
}

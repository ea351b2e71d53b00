using System.Collections.Immutable;

namespace Backprop;

/// <summary>
/// The cells of a column that are such as training never saw: a category that is new, a word that is neither yes nor no, a text
/// among numbers, a missing cell where none was. They are predicted with all the same, counted as <see cref="CountAs"/> says.
/// </summary>
public sealed class UnseenCells
{
    internal UnseenCells()
    {
    }

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>In which way training never saw such cells.</summary>
    public required UnseenKind Kind { get; init; }

    /// <summary>The number of rows that were looked at.</summary>
    public required int Cells { get; init; }

    /// <summary>The number of rows whose cell is such.</summary>
    public required int Rows { get; init; }

    /// <summary>The first of those rows, counted from 0.</summary>
    public required int FirstRow { get; init; }

    /// <summary>Up to three different texts of such cells, in the order of the rows; none of missing ones.</summary>
    public required ImmutableArray<string> Examples { get; init; }

    /// <summary>
    /// What the model takes them for: <c>missing</c>, <c>the median (42)</c>, <c>none of its categories</c>, <c>yes</c> or
    /// <c>no</c>.
    /// </summary>
    public required string CountAs { get; init; }

    /// <summary>A sentence for people.</summary>
    public override string ToString()
    {
        bool isOne = Rows == 1, isMore = Rows > Examples.Length && Examples.Length == StrayTexts.MostExamples;
        string examples = string.Join(", ", Examples.Select(text => CsvContext.Quoted(text))) + (isMore ? ", …" : "");
        string what = Kind switch
        {
            UnseenKind.NewText => $"{(isOne ? "says" : "say")} what training did not see ({examples})",
            UnseenKind.NoNumber => $"{(isOne ? "is no number" : "are no numbers")} ({examples})",
            _ => $"{(isOne ? "is" : "are")} missing, as none was in training",
        };
        return $"{Rows} of {Cells} {(Cells == 1 ? "cell" : "cells")} of '{Column}' {what}; "
            + $"{(isOne ? "it counts" : "they count")} as {CountAs}.";
    }

    /// <summary>The refusal of these cells.</summary>
    /// <param name="table">The table.</param>
    internal BackpropException Refusal(Table table)
    {
        string what = Kind switch
        {
            UnseenKind.NewText => $"{CsvContext.Quoted(Examples[0])} is nothing that training saw",
            UnseenKind.NoNumber => $"{CsvContext.Quoted(Examples[0])} is no number",
            _ => "the cell is missing, as none was in training",
        };
        string more = Rows == 1 ? "" : $" ({Rows} rows have such a cell)";
        return new BackpropException(
            $"{table.Source}, {table.Place(FirstRow)}, column '{Column}': {what}{more}; correct the cell, or leave out --strict "
            + $"to count it as {CountAs}.");
    }
}

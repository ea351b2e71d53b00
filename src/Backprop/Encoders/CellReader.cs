namespace Backprop;

/// <summary>Takes the cells of one column the way its encoder needs them: numbers, or codes of texts.</summary>
/// <param name="column">The column, as training had it or as <see cref="TableMatch"/> made it.</param>
/// <param name="asText">Whether the encoder takes texts; otherwise it takes numbers.</param>
/// <param name="room">Where cells are put.</param>
readonly struct CellReader(Column column, bool asText, CellRoom room)
{
    /// <summary>
    /// The cells of some rows. They are good until the next call, of this reader or of another with the same room.
    /// </summary>
    public ColumnCells Read(ReadOnlySpan<int> rows)
    {
        if (column.MissingCount == column.Count)
            return AllMissing(rows.Length);
        if (column.Kind is ColumnKind.Number or ColumnKind.Identifier)
        {
            Span<double> numbers = room.Numbers(rows.Length);
            column.CopyNumbers(rows, numbers);
            return new ColumnCells(numbers);
        }

        Span<int> codes = room.Codes(rows.Length);
        column.CopyCategories(rows, codes);
        return new ColumnCells(codes, column.Categories);
    }

    ColumnCells AllMissing(int rows)
    {
        if (asText)
        {
            Span<int> codes = room.Codes(rows);
            codes.Fill(-1);
            return new ColumnCells(codes, []);
        }

        Span<double> numbers = room.Numbers(rows);
        numbers.Fill(double.NaN);
        return new ColumnCells(numbers);
    }
}

namespace Backprop;

/// <summary>
/// Takes the cells of one column the way an encoder needs them. A table read for prediction may have inferred another
/// kind than the training table did (numbers for categories, free text, nothing but missing cells); where the cells
/// still mean the same, they are taken.
/// </summary>
readonly struct CellReader
{
    readonly Column _column;
    readonly bool _asText;
    readonly CellRoom _room;

    /// <summary>A reader of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="asText">Whether the encoder takes texts; otherwise it takes numbers.</param>
    /// <param name="room">Where cells are put.</param>
    /// <exception cref="BackpropException">The column was taken for free text and its text not kept.</exception>
    public CellReader(Column column, bool asText, CellRoom room)
    {
        if (column.Refusal is { } refusal)
            throw new BackpropException(refusal);
        (_asText, _room) = (asText, room);
        bool isAllMissing = column.MissingCount == column.Count;
        _column = column;
        if (!isAllMissing && column is { Kind: ColumnKind.Text, HasText: false })
        {
            throw new BackpropException($"The column '{column.Name}' was taken for free text here, but the model was trained "
                + $"with it; give its kind by --types {column.Name}=category.");
        }
    }

    /// <summary>
    /// The cells of some rows: of the wrong type where the column has no others, which the encoder refuses. They are good
    /// until the next call, of this reader or of another with the same room.
    /// </summary>
    public ColumnCells Read(ReadOnlySpan<int> rows)
    {
        if (_column.MissingCount == _column.Count)
            return AllMissing(rows.Length);

        switch (_column.Kind)
        {
            // Text that was kept says more than the number does: 0010 is another category than 10.
            case ColumnKind.Number or ColumnKind.Identifier when _asText:
                return FreeText(rows);
            case ColumnKind.Number or ColumnKind.Identifier:
                Span<double> numbers = _room.Numbers(rows.Length);
                _column.CopyNumbers(rows, numbers);
                return new ColumnCells(numbers);
            case ColumnKind.Text:
                return FreeText(rows);
            default:
                Span<int> codes = _room.Codes(rows.Length);
                _column.CopyCategories(rows, codes);
                return new ColumnCells(codes, _column.Categories);
        }
    }

    ColumnCells AllMissing(int rows)
    {
        if (_asText)
        {
            Span<int> codes = _room.Codes(rows);
            codes.Fill(-1);
            return new ColumnCells(codes, []);
        }

        Span<double> numbers = _room.Numbers(rows);
        numbers.Fill(double.NaN);
        return new ColumnCells(numbers);
    }

    ColumnCells FreeText(ReadOnlySpan<int> rows)
    {
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new List<string>();
        var codes = new int[rows.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            bool isMissing = _column.Kind != ColumnKind.Text && _column.IsMissing(rows[i]);
            string text = isMissing ? "" : _column.Text(rows[i]);
            if (text.Length == 0)
            {
                codes[i] = -1;
                continue;
            }

            if (!codeOf.TryGetValue(text, out codes[i]))
            {
                codes[i] = texts.Count;
                codeOf.Add(text, codes[i]);
                texts.Add(text);
            }
        }

        return new ColumnCells(codes, texts);
    }
}

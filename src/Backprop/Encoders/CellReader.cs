namespace Backprop;

/// <summary>
/// Takes cells out of a table's columns the way an encoder needs them. A table read for prediction may have inferred
/// another kind than the training table did; where the cells still mean the same, they are taken.
/// </summary>
static class CellReader
{
    /// <summary>The cells of some rows: as texts where that is asked for, else as numbers where the column has them.</summary>
    public static ColumnCells Read(Column column, ReadOnlySpan<int> rows, bool asText)
    {
        if (column.MissingCount == column.Count)
            return AllMissing(rows.Length, asText);
        if (!asText && column.Kind is ColumnKind.Number or ColumnKind.Identifier)
        {
            var numbers = new double[rows.Length];
            column.CopyNumbers(rows, numbers);
            return new ColumnCells(numbers);
        }

        if (column.Kind == ColumnKind.Text)
            return FreeText(column, rows);

        Column categories = column.ToCategory(int.MaxValue);
        var codes = new int[rows.Length];
        categories.CopyCategories(rows, codes);
        return new ColumnCells(codes, categories.Categories);
    }

    static ColumnCells AllMissing(int rows, bool asText)
    {
        if (asText)
        {
            var codes = new int[rows];
            Array.Fill(codes, -1);
            return new ColumnCells(codes, []);
        }

        var numbers = new double[rows];
        Array.Fill(numbers, double.NaN);
        return new ColumnCells(numbers);
    }

    static ColumnCells FreeText(Column column, ReadOnlySpan<int> rows)
    {
        if (!column.HasText)
        {
            throw new BackpropException($"The column '{column.Name}' was taken for free text here, but the model was trained "
                + $"with it; give its kind by --types {column.Name}=category.");
        }

        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new List<string>();
        var codes = new int[rows.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            string text = column.Text(rows[i]);
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

namespace Backprop;

/// <summary>The cells of a column where numbers are needed; text is refused.</summary>
static class ColumnNumbers
{
    /// <summary>The cells of some rows.</summary>
    /// <exception cref="BackpropException">The column holds texts.</exception>
    public static double[] Of(Column column, ReadOnlySpan<int> rows)
    {
        var numbers = new double[rows.Length];
        Copy(column, rows, numbers);
        return numbers;
    }

    /// <summary>The same, into an array that is there.</summary>
    /// <exception cref="BackpropException">The column holds texts.</exception>
    public static void Copy(Column column, ReadOnlySpan<int> rows, double[] numbers)
    {
        if (column.Kind is not (ColumnKind.Number or ColumnKind.Identifier or ColumnKind.YesNo))
            throw new BackpropException($"The column '{column.Name}' holds texts, and numbers are needed.");
        column.CopyNumbers(rows, numbers);
    }
}

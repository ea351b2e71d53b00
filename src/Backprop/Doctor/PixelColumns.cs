namespace Backprop;

/// <summary>
/// Tells images that were written as a table: many columns of whole numbers from 0 to the same largest one. Borders of images are
/// empty in all of them, which is no mistake.
/// </summary>
static class PixelColumns
{
    const int Fewest = 30;

    // Columns of 0 and 1 answer questions.
    const double LeastWhite = 2, MostWhite = ushort.MaxValue;

    /// <summary>The largest number of the pixels; null where the columns are none.</summary>
    public static double? White(IReadOnlyList<Column> columns, int[] rows)
    {
        var numbers = new double[rows.Length];
        double[] largest = [.. columns.Where(column => column.Kind == ColumnKind.Number).Select(Largest).OfType<double>()];
        KeyValuePair<double, int>[] counts = [.. largest.CountBy(number => number).OrderByDescending(pair => pair.Value)];
        return counts is [{ Value: >= Fewest } most, ..] && most.Value * 2 >= columns.Count ? most.Key : null;

        double? Largest(Column column)
        {
            column.CopyNumbers(rows, numbers);
            (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (double number in numbers)
            {
                if (!(number >= 0 && number <= MostWhite) || number != Math.Floor(number))
                    return null;
                (least, most) = (Math.Min(least, number), Math.Max(most, number));
            }

            return least == 0 && most >= LeastWhite ? most : null;
        }
    }

    /// <summary>Whether a cell is a number that a pixel can have.</summary>
    public static bool IsPixel(Column column, int row, double white) =>
        column.Kind == ColumnKind.Number && column.Number(row) is >= 0 and var number && number <= white
            && number == Math.Floor(number);
}

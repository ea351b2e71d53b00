namespace Backprop;

/// <summary>
/// Reads columns again that once was not enough for: as texts those that were no plain numbers, then as numbers those whose texts
/// turned out to be numbers written with separators or units.
/// </summary>
/// <param name="context">What the columns share.</param>
/// <param name="delimiter">What parts cells.</param>
/// <param name="readAgain">Reads the file once more, for the columns that it is given.</param>
sealed class ColumnPasses(CsvContext context, char delimiter, Action<CsvColumn[]> readAgain)
{
    /// <summary>Finishes columns that were read once, each in its place.</summary>
    public void Finish(CsvColumn[] columns)
    {
        foreach (CsvColumn column in columns)
            column.Close();
        Replace(columns, static column => column.NeedsTexts, static column => column.ToReadAsTexts());
        CsvColumn[] looked = LookAtPoints(columns);
        new NumberReading(context, delimiter).Decide(looked);
        foreach (CsvColumn column in looked)
            column.RefuseStrayTexts();
        for (int i = 0; i < columns.Length; i++)
        {
            if (looked[i] == columns[i])
                continue;
            columns[i].WarnAs(looked[i]);
            columns[i] = looked[i].NeedsNumbers && !looked[i].IsUsual ? looked[i] : columns[i];
        }

        Replace(columns, static column => column.NeedsNumbers, static column => column.ToReadAsNumbers());
    }

    /// <summary>
    /// The columns, and in the place of those that would be thousands if the decimal sign is the comma, as it may be where
    /// semicolons part cells, what their texts tell.
    /// </summary>
    CsvColumn[] LookAtPoints(CsvColumn[] columns)
    {
        bool hasCommas = context.GivenDecimal == ',' || (context.GivenDecimal is null && delimiter == ';')
            || columns.Any(static column => column.MayBeDressed
                && (column.Evidence.Styles & DigitStyles.With('.')) == DigitStyle.None);
        CsvColumn[] looked = [.. columns];
        if (hasCommas)
            Replace(looked, static column => column.MayHaveThousands, static column => column.ToReadAsTexts());
        return looked;
    }

    void Replace(CsvColumn[] columns, Func<CsvColumn, bool> isOne, Func<CsvColumn, CsvColumn> another)
    {
        CsvColumn[] again = [.. columns.Where(isOne).Select(another)];
        if (again.Length == 0)
            return;
        readAgain(again);
        foreach (CsvColumn column in again)
        {
            column.Close();
            columns[Array.FindIndex(columns, other => other.Index == column.Index)] = column;
        }
    }
}

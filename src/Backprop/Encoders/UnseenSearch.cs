using System.Collections.Immutable;
using System.Globalization;

namespace Backprop;

/// <summary>Finds the cells of a column that are such as training never saw.</summary>
/// <param name="encoder">What takes the column.</param>
/// <param name="column">The column.</param>
/// <param name="rows">The rows that matter, or null for all.</param>
readonly struct UnseenSearch(ColumnEncoder encoder, Column column, int[]? rows)
{
    int Count => rows?.Length ?? column.Count;

    /// <summary>Whether a missing cell has a meaning of its own, because training rows had some.</summary>
    bool SawMissing => encoder.Operations.Any(
        operation => operation is MissingIndicator or IsMissing or Lookup { MissingHasIndex: true });

    /// <summary>Whether something stands for a missing cell; otherwise it is refused.</summary>
    bool TakesMissing => encoder.Operations.Any(operation => operation is FillMissing or IsMissing or Lookup);

    /// <summary>Texts that are new to the encoder.</summary>
    /// <param name="meanings">What the column's categories mean to it; null for one that it does not know.</param>
    public UnseenCells? NewTexts(string?[] meanings)
    {
        int found = 0, firstRow = 0;
        var examples = new List<string>();
        for (int i = 0; i < Count; i++)
        {
            int row = Row(i), code = column.Category(row);
            if (code < 0 || meanings[code] is not null)
                continue;
            if (found++ == 0)
                firstRow = row;
            if (examples.Count < StrayTexts.MostExamples && !examples.Contains(column.Categories[code], StringComparer.Ordinal))
                examples.Add(column.Categories[code]);
        }

        return Cells(UnseenKind.NewText, found, firstRow, examples);
    }

    /// <summary>Texts that are no numbers.</summary>
    /// <exception cref="BackpropException">Nothing stands for a missing number.</exception>
    public UnseenCells? NoNumbers()
    {
        if (column.Strays is not { } strays)
            return null;
        int[] found = [.. rows is null ? strays.Rows : strays.Rows.Intersect(rows)];
        if (found.Length == 0)
            return null;
        string[] examples = rows is null
            ? []
            : [.. found.Select(column.Text)
                .Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(StrayTexts.MostExamples)];
        UnseenCells cells = Cells(
            UnseenKind.NoNumber, found.Length, found[0], examples.Length == 0 ? strays.Examples : examples)!;
        string name = column.Name;
        return TakesMissing ? cells : throw CellFault.Of(
            cells.FirstRow,
            where => $"The column '{name}' says {CsvContext.Quoted(cells.Examples[0])} in {where}, which is no number, "
                + "and the model has nothing to put in its place.");
    }

    /// <summary>Missing cells where training rows had none. One that nothing stands for is refused later.</summary>
    public UnseenCells? Missing()
    {
        int strays = column.Strays?.Rows.Count ?? 0;
        if (SawMissing || !TakesMissing || column.MissingCount == strays)
            return null;
        HashSet<int> stray = [.. column.Strays?.Rows ?? []];
        int found = 0, firstRow = 0;
        for (int i = 0; i < Count; i++)
        {
            int row = Row(i);
            if (HasNoCell(row) && !stray.Contains(row) && found++ == 0)
                firstRow = row;
        }

        return Cells(UnseenKind.Missing, found, firstRow, []);
    }

    int Row(int i) => rows is null ? i : rows[i];

    bool HasNoCell(int row) =>
        column.Kind == ColumnKind.Text ? column.HasText && column.Text(row).Length == 0 : column.IsMissing(row);

    UnseenCells? Cells(UnseenKind kind, int found, int firstRow, IEnumerable<string> examples)
    {
        if (found == 0)
            return null;
        return new UnseenCells
        {
            Column = column.Name,
            Kind = kind,
            Cells = Count,
            Rows = found,
            FirstRow = firstRow,
            Examples = [.. examples],
            CountAs = encoder.Operations switch
            {
                [Lookup, ..] => "none of its categories",
                [YesNo, FillMissing { Value: 1 }] => "yes",
                [YesNo, FillMissing] => "no",
                [FillMissing fill, ..] => string.Create(CultureInfo.InvariantCulture, $"the median ({fill.Value:G7})"),
                _ => "missing",
            },
        };
    }
}

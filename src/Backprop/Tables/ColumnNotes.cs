using System.Globalization;

namespace Backprop;

/// <summary>What was read in a way that people should know of: in one sentence for all columns of which the same is to be said.</summary>
static class ColumnNotes
{
    public static IEnumerable<string> Of(IReadOnlyList<CsvColumn> columns)
    {
        foreach (IGrouping<string, CsvColumn> alike in columns.Where(static column => column.Dressed is not null)
            .GroupBy(static column => column.Dressed!.Value.Format.ToString(), StringComparer.Ordinal))
        {
            (_, string text, double value) = alike.First().Dressed!.Value;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Named(alike, "writes", "write")} numbers as {alike.Key}: {CsvContext.Quoted(text)} is {value:R}.");
        }

        CsvColumn[] codes = [.. columns.Where(static column => column.Code is not null)];
        if (codes.Length > 0)
        {
            yield return $"{Named(codes, "is", "are")} taken for codes, not numbers, because of cells such as {CsvContext.Quoted(codes[0].Code)}; "
                + $"--types {FlagText.Of($"{codes[0].Name}=number")} takes numbers.";
        }

        CsvColumn[] marked = [.. columns.Where(static column => column.Marks > 0)];
        if (marked.Length > 0)
        {
            long marks = marked.Sum(static column => column.Marks);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Named(marked, "has", "have")} {(marks == 1 ? "1 mark" : $"{marks:N0} marks")} such as - among numbers, taken for missing.");
        }

        foreach (CsvColumn column in columns.Where(static column => column.MissingPairs > 0))
        {
            (string cells, string them) = column.MissingPairs == 1 ? ("1 cell 'NA' is", "it") : ($"{column.MissingPairs} cells 'NA' are", "them");
            yield return $"Column {CsvContext.Quoted(column.Name)}: {cells} taken for missing, but the others are two letters too; "
                + $"--not-missing NA keeps {them}.";
        }

        foreach (string warning in columns.Select(static column => column.Warning).OfType<string>())
            yield return warning;
    }

    /// <summary>"Column 'a' writes" or "Columns 'a' and 'b' write".</summary>
    static string Named(IEnumerable<CsvColumn> columns, string singular, string plural)
    {
        const int Listed = 5;
        string[] names = [.. columns.Select(static column => CsvContext.Quoted(column.Name))];
        return names.Length switch
        {
            1 => $"Column {names[0]} {singular}",
            <= Listed => $"Columns {string.Join(", ", names[..^1])} and {names[^1]} {plural}",
            _ => $"Columns {string.Join(", ", names[..(Listed - 1)])} and {names.Length - Listed + 1} more {plural}",
        };
    }
}

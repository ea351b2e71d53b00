using System.Globalization;

namespace Backprop;

/// <summary>
/// What was read in a way that people should know of: in one sentence for all columns of which the same is to be said.
/// </summary>
static class ColumnNotes
{
    /// <summary>The sentences.</summary>
    /// <param name="columns">The columns that were read.</param>
    /// <param name="hasHeader">Whether their names are the file's first line.</param>
    public static IEnumerable<string> Of(IReadOnlyList<CsvColumn> columns, bool hasHeader)
    {
        if (hasHeader && NamesLikeCells(columns) is { } name)
        {
            yield return "The first line is taken for names, but they are numbers as the cells are, such as "
                + $"{CsvContext.Quoted(name)}; if it is a row, use --no-header.";
        }

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
            yield return $"{Named(codes, "is", "are")} taken for codes, not numbers, because of cells such as "
                + $"{CsvContext.Quoted(codes[0].Code)}; --types {FlagText.Of(codes[0].Name, "number")} takes numbers.";
        }

        CsvColumn[] marked = [.. columns.Where(static column => column.Marks > 0)];
        if (marked.Length > 0)
        {
            long marks = marked.Sum(static column => column.Marks);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Named(marked, "has", "have")} {(marks == 1 ? "1 mark" : $"{marks:N0} marks")} such as - among numbers, taken "
                + $"for missing.");
        }

        foreach (CsvColumn column in columns.Where(static column => column.MissingPairs > 0))
        {
            (string cells, string them) = column.MissingPairs == 1
                ? ("1 cell 'NA' is", "it")
                : ($"{column.MissingPairs} cells 'NA' are", "them");
            yield return $"Column {CsvContext.Quoted(column.Name)}: {cells} taken for missing, but the others are two letters "
                + $"too; --not-missing NA keeps {them}.";
        }

        foreach (string warning in columns.Select(static column => column.Warning).OfType<string>())
            yield return warning;
    }

    /// <summary>
    /// A name where all columns of numbers have numbers for names, as they have where a row was taken for the header; null where
    /// they have not. Years and other whole numbers in equal steps may be names.
    /// </summary>
    static string? NamesLikeCells(IReadOnlyList<CsvColumn> columns)
    {
        double[] names =
            [.. columns.Where(static column => column.AreNumbers).Select(static column => column.NameAsNumber).OfType<double>()];
        bool areNumbers = names.Length > 1 && names.All(double.IsFinite);
        bool areSteps = areNumbers && names.Zip(names.Skip(1)).All(pair => pair.Second - pair.First == names[1] - names[0])
            && (names.Length > 2 || names[1] - names[0] == 1);
        return areNumbers && !areSteps ? columns.First(static column => column.AreNumbers).Name : null;
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

using System.Globalization;

namespace Backprop;

/// <summary>Lines that stand above the header of a table.</summary>
/// <param name="table">The first records, comments aside.</param>
/// <param name="delimiter">What stands between their cells.</param>
/// <param name="missing">The texts that are no cells.</param>
sealed class TitleLines(CsvSample table, char delimiter, MissingTokens missing)
{
    const int MostTitles = 20;
    const int FewUnnamed = 2;

    /// <summary>How many records stand above the header without doubt.</summary>
    public int Count()
    {
        int rows = FirstRow();
        if (rows > 0)
        {
            // A header may have a cell less than the rows, or empty ones more.
            bool isAbove = IsHeader(rows - 1) && !IsHeader(rows)
                && (table.Cells(rows - 1, delimiter) == table.Cells(rows, delimiter) - 1
                    || Names(rows - 1) == table.Cells(rows, delimiter));
            if (isAbove)
                return rows - 1;
            return rows <= MostTitles && IsHeader(rows)
                && !Enumerable.Range(0, rows).Any(i => IsHeader(i) && Fits(i))
                ? rows : 0;
        }

        return FirstFilled();

        bool Fits(int record) => Names(record) == table.Cells(rows, delimiter);
    }

    /// <summary>The first record from which on all have equally many cells; 0 where the last two do not.</summary>
    int FirstRow()
    {
        int cells = table.Cells(table.Count - 1, delimiter), first = table.Count - 1;
        while (first > 0 && table.Cells(first - 1, delimiter) == cells)
            first--;
        return cells > 1 && first < table.Count - 1 ? first : 0;
    }

    /// <summary>
    /// Where titles have as many cells as rows, most of them empty: the first record as full as any other, or with its first
    /// cell alone empty, if it is a header and others stand above it.
    /// </summary>
    int FirstFilled()
    {
        (int header, _, _) = Filled();
        return header is > 0 and <= MostTitles && IsHeader(header) ? header : 0;
    }

    /// <summary>What is wrong with a first line that leaves more columns without a name than it names; else null.</summary>
    public string? Fault()
    {
        if (FirstRow() > 0)
            return null;
        (int header, int named, int columns) = Filled();
        int line = table.Line(header);
        return header == 0 || named * 2 > columns || columns - named <= FewUnnamed ? null
            : $"{named} of {columns} columns {(named == 1 ? "has" : "have")} a name; if the names stand in line {line}, --skip "
                + $"{line - 1} leaves out what is above, else name all columns.";
    }

    /// <summary>
    /// The first record that leaves no column empty that others fill, but for the first, and how many columns the first
    /// record and the fullest fill; 0 where the first does.
    /// </summary>
    (int Header, int Named, int Columns) Filled()
    {
        string[] top = table.Split(0, delimiter);
        if (!top.Contains("", StringComparer.Ordinal))
            return (0, top.Length, top.Length);
        int[] filled =
            [.. Enumerable.Range(0, table.Count).Select(i => table.Split(i, delimiter).Count(cell => cell.Length > 0))];
        int most = filled.Max();
        if (most < 2 || filled[0] == most || (filled[0] == most - 1 && top[0].Length == 0))
            return (0, filled[0], most);
        return (Math.Max(0, Array.FindIndex(filled, 1, count => count >= most - 1)), filled[0], most);
    }

    /// <summary>Whether a record holds names and no data, and data stand below it.</summary>
    bool IsHeader(int record)
    {
        string[] names = table.Split(record, delimiter);
        if (record + 1 >= table.Count || names.All(name => name.Length == 0) || names.Any(LooksLikeData)
            || names.Any(name => name.Length > 0 && missing.Contains(name)))
        {
            return false;
        }

        return DataColumns(record + 1).Any(isData => isData);
    }

    /// <summary>
    /// For each column whether all its cells from a record on are numbers, dates or the like, missing ones aside.
    /// </summary>
    public bool[] DataColumns(int first)
    {
        var some = new bool[table.UsualCells(delimiter).Cells];
        var others = new bool[some.Length];
        for (int i = first; i < table.Count; i++)
        {
            string[] cells = table.Split(i, delimiter);
            for (int k = 0; k < Math.Min(cells.Length, some.Length); k++)
            {
                bool isData = LooksLikeData(cells[k]);
                some[k] |= isData;
                others[k] |= !isData && !missing.Contains(cells[k]);
            }
        }

        return [.. some.Select((isData, k) => isData && !others[k])];
    }

    /// <summary>How a sentence about lines that do not fit ends where less stands above lines that do; else null.</summary>
    /// <param name="hasHeader">Whether a header is looked for, and not rows.</param>
    public string? Advice(bool hasHeader)
    {
        int rows = FirstRow();
        if (rows == 0 || rows > MostTitles
            || Enumerable.Range(0, rows).All(i => table.Cells(i, delimiter) >= table.Cells(rows, delimiter)))
        {
            return null;
        }

        // A line above that names columns, one less than there are cells, more likely has a cell too little.
        string[] first = table.Split(rows, delimiter);
        bool areNamed = first[0].Length == 0 || first.Any(cell => cell.Length > 0 && !LooksLikeData(cell));
        bool isAlmost = table.Cells(rows - 1, delimiter) is var cells && cells == table.Cells(rows, delimiter) - 1
            && (areNamed ? cells > 1 && IsHeader(rows - 1) : true);
        if (hasHeader && isAlmost)
            return null;
        int skip = table.Line(rows) - 1;
        string noHeader = hasHeader && !areNamed ? " --no-header" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"from line {skip + 1} on all lines have {table.Cells(rows, delimiter)} cells: --skip {skip}{noHeader} leaves out "
            + $"what stands above");
    }

    int Names(int record) =>
        Array.FindLastIndex(table.Split(record, delimiter), cell => cell.Length > 0) + 1;

    /// <summary>Numbers, dates, times, amounts: digits and no letters, but for those of 1e5.</summary>
    public static bool LooksLikeData(string cell) =>
        cell.Any(char.IsAsciiDigit)
        && (!cell.Any(char.IsLetter) || NumberText.Parse(cell, '.', out _) == NumberSyntax.Finite);
}

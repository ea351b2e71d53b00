using System.Globalization;

namespace Backprop;

/// <summary>
/// Finds out from the beginning of a file how its table lies in it. What is not the table's is left out where there is no doubt
/// about it, and said.
/// </summary>
/// <param name="text">The beginning of the file.</param>
/// <param name="isWhole">Whether that is all of it.</param>
/// <param name="options">What is known already.</param>
/// <param name="missing">The texts that are no cells.</param>
/// <param name="notes">Receives what was found, in sentences for people.</param>
sealed class LayoutFinder(string text, bool isWhole, CsvOptions options, MissingTokens missing, List<string> notes)
{
    const char UsualComment = '#';
    const int MostTitles = 20;

    public CsvLayout Find()
    {
        int skip = options.Skip;
        char? delimiter = options.Delimiter;
        if (SeparatorLine(skip) is { } said)
        {
            delimiter ??= said;
            skip++;
        }

        var all = new CsvSample(text, isWhole, skip, delimiter);
        int marked = Marked(all, options.Comment ?? UsualComment);
        CsvSample table = options.Comment is { } comment
            ? all.Where(i => all.Text(i)[0] != comment)
            : all.Where(i => i >= marked);
        char sniffed = delimiter ?? DelimiterSniffer.Find(table, options.Decimal ?? '.');
        bool hasComments = marked > 0 && table.Count > 0
            && (options.Comment is not null || AreComments(all, marked, table, sniffed));
        if (!hasComments && options.Comment is null)
            table = all;
        var layout = new CsvLayout(hasComments ? sniffed : delimiter ?? DelimiterSniffer.Find(table, options.Decimal ?? '.'))
        {
            Skip = skip,
            Comment = options.Comment,
        };
        if (hasComments)
            layout = Unmarked(layout, all, marked, table);
        if (table.Count < 2)
            return layout;
        if (!options.HasHeader)
            return layout with { Advice = TitleAdvice(table, layout) };
        return BelowHeader(layout.HeaderMark is null ? WithoutTitles(layout, table) : layout, table);
    }

    /// <summary>Excel's own line <c>sep=;</c>, by which a file says what stands between its cells.</summary>
    char? SeparatorLine(int skip)
    {
        const string Start = "sep=";
        ReadOnlySpan<char> rest = text;
        for (int i = 0; i < skip; i++)
        {
            int end = rest.IndexOf('\n');
            if (end < 0)
                return null;
            rest = rest[(end + 1)..];
        }

        int length = rest.IndexOfAny('\r', '\n');
        ReadOnlySpan<char> line = length < 0 ? rest : rest[..length];
        line = line.Trim('"');
        return line.Length == Start.Length + 1 && line.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
            && line[^1] is not ('"' or '\0') ? line[^1] : null;
    }

    /// <summary>How many records at the beginning begin with a comment's mark.</summary>
    static int Marked(CsvSample sample, char mark)
    {
        int count = 0;
        while (count < sample.Count && sample.Text(count)[0] == mark)
            count++;
        return count;
    }

    /// <summary>
    /// Whether marked lines at the beginning are comments: not where they have as many cells as the rows, for a name may
    /// begin with the mark.
    /// </summary>
    static bool AreComments(CsvSample all, int marked, CsvSample table, char delimiter)
    {
        int cells = table.UsualCells(delimiter).Cells;
        return delimiter == ' ' || Enumerable.Range(0, marked).Any(i => all.Cells(i, delimiter) != cells);
    }

    /// <summary>Leaves marked lines out, but for the last of them where it names the columns.</summary>
    CsvLayout Unmarked(CsvLayout layout, CsvSample all, int marked, CsvSample table)
    {
        char mark = all.Text(0)[0];
        string[] names = CsvSample.Split(all.Text(marked - 1).TrimStart(mark), layout.Delimiter);
        bool isHeader = options.HasHeader && names.Length == table.UsualCells(layout.Delimiter).Cells
            && !names.Any(LooksLikeData) && table.Split(0, layout.Delimiter).Any(LooksLikeData);
        int left = isHeader ? marked - 1 : marked;
        if (left > 0 && options.Comment is null)
        {
            notes.Add(all.Line(0) == all.Line(left - 1)
                ? $"Line {all.Line(0)} begins with '{mark}' and is left out; --comment '{mark}' leaves out all such lines."
                : $"Lines {all.Line(0)} to {all.Line(left - 1)} begin with '{mark}' and are left out; --comment '{mark}' leaves out all "
                    + "such lines.");
        }

        if (isHeader)
        {
            notes.Add($"Line {all.Line(marked - 1)} names the columns, though it begins with '{mark}'.");
            return layout with { Skip = all.Line(marked - 1) - 1, HeaderMark = mark };
        }

        return options.Comment is null ? layout with { Skip = all.Line(left - 1) } : layout;
    }

    /// <summary>Leaves lines above the header out where it is clear that a header follows, else says what could be done.</summary>
    CsvLayout WithoutTitles(CsvLayout layout, CsvSample table)
    {
        int header = Titles(table, layout.Delimiter);
        if (header == 0 || options.Skip > 0)
            return layout with { Advice = header == 0 ? TitleAdvice(table, layout) : null };
        int skip = table.Line(header) - 1;
        notes.Add(header == 1
            ? $"Line {table.Line(0)} stands above the header in line {skip + 1} and is left out, as with --skip {skip}."
            : $"Lines {table.Line(0)} to {table.Line(header - 1)} stand above the header in line {skip + 1} and are left out, as with "
                + $"--skip {skip}.");
        return layout with { Skip = skip };
    }

    /// <summary>How many records stand above the header without doubt.</summary>
    int Titles(CsvSample table, char delimiter)
    {
        int rows = FirstRow(table, delimiter);
        if (rows > 0)
        {
            // A header may have a cell less than the rows, or empty ones more.
            bool isAbove = IsHeader(table, rows - 1, delimiter) && !IsHeader(table, rows, delimiter)
                && (table.Cells(rows - 1, delimiter) == table.Cells(rows, delimiter) - 1
                    || Names(table, rows - 1, delimiter) == table.Cells(rows, delimiter));
            if (isAbove)
                return rows - 1;
            return rows <= MostTitles && IsHeader(table, rows, delimiter)
                && !Enumerable.Range(0, rows).Any(i => IsHeader(table, i, delimiter) && Fits(i))
                ? rows : 0;
        }

        return FirstFilled(table, delimiter);

        bool Fits(int record) => Names(table, record, delimiter) == table.Cells(rows, delimiter);
    }

    /// <summary>The first record from which on all have equally many cells; 0 where the last two do not.</summary>
    static int FirstRow(CsvSample table, char delimiter)
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
    int FirstFilled(CsvSample table, char delimiter)
    {
        string[] top = table.Split(0, delimiter);
        if (!top.Contains("", StringComparer.Ordinal))
            return 0;
        int[] filled = [.. Enumerable.Range(0, table.Count).Select(i => table.Split(i, delimiter).Count(cell => cell.Length > 0))];
        int most = filled.Max();
        if (most < 2 || filled[0] == most || (filled[0] == most - 1 && top[0].Length == 0))
            return 0;
        int header = Array.FindIndex(filled, 1, count => count >= most - 1);
        return header is > 0 and <= MostTitles && IsHeader(table, header, delimiter) ? header : 0;
    }

    /// <summary>Whether a record holds names and no data, and data stand below it.</summary>
    bool IsHeader(CsvSample table, int record, char delimiter)
    {
        string[] names = table.Split(record, delimiter);
        if (record + 1 >= table.Count || names.All(name => name.Length == 0) || names.Any(LooksLikeData)
            || names.Any(name => name.Length > 0 && missing.Contains(name)))
        {
            return false;
        }

        return DataColumns(table, record + 1, delimiter).Any(isData => isData);
    }

    /// <summary>For each column whether all its cells from a record on are numbers, dates or the like, missing ones aside.</summary>
    bool[] DataColumns(CsvSample table, int first, char delimiter)
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

    /// <summary>A line of units or descriptions below the header, over columns of numbers.</summary>
    CsvLayout BelowHeader(CsvLayout layout, CsvSample table)
    {
        const int FewestRows = 3;
        int header = layout.HeaderMark is null ? Enumerable.Range(0, table.Count).First(i => table.Line(i) > layout.Skip) : -1;
        string[]? names = header < 0 ? null : table.Split(header, layout.Delimiter);
        int first = header + 1;
        if (first >= table.Count)
            return layout;
        layout = layout with { Extra = names is null ? null : Extra(table, first, names, layout.Delimiter) };
        string[] below = table.Split(first, layout.Delimiter);
        if (table.Count - first <= FewestRows || below.Any(LooksLikeData) || names?.Any(LooksLikeData) == true)
            return layout;
        bool[] data = DataColumns(table, first + 1, layout.Delimiter);
        string[] units = [.. below.Where((cell, k) => k < data.Length && data[k] && !missing.Contains(cell))];
        int texts = below.Count(cell => !missing.Contains(cell));
        if (units.Length == 0 || (units.Length == 1 && (texts > 1 || data.Length != 2)))
            return layout;
        notes.Add($"Line {table.Line(first)} has texts such as {CsvContext.Quoted(units[0])} over columns of numbers, as units stand "
            + "below a header, and is left out.");
        return layout with { BelowHeader = 1 };
    }

    /// <summary>What the cells are that the rows have more than the header.</summary>
    static ExtraCells Extra(CsvSample table, int first, string[] names, char delimiter)
    {
        if (Enumerable.Range(first, table.Count - first).Any(i => table.Cells(i, delimiter) <= names.Length))
            return ExtraCells.None;
        string[][] rows = [.. Enumerable.Range(first, table.Count - first).Select(i => table.Split(i, delimiter))];
        if (rows.All(row => row[names.Length..].All(cell => cell.Length == 0)))
            return ExtraCells.Empty;
        if (names.Length == 1 || rows.Length == 1 || rows.Any(row => row.Length != names.Length + 1)
            || rows.Select(row => row[0]).Distinct(StringComparer.Ordinal).Count() < rows.Length)
        {
            return ExtraCells.None;
        }

        // A comma that nobody quoted makes a cell more, too: names of rows are quoted, or count them.
        bool areNamed = delimiter != ',' || Enumerable.Range(first, rows.Length).All(i => table.Text(i)[0] == '"') || Count(rows);
        return areNamed ? ExtraCells.RowName : ExtraCells.None;
    }

    static bool Count(string[][] rows)
    {
        return int.TryParse(rows[0][0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && !rows.Where((row, i) => row[0] != (first + i).ToString(CultureInfo.InvariantCulture)).Any();
    }

    /// <summary>How a sentence about lines that do not fit ends where less stands above lines that do; else null.</summary>
    string? TitleAdvice(CsvSample table, CsvLayout layout)
    {
        int rows = FirstRow(table, layout.Delimiter);
        if (rows == 0 || rows > MostTitles || layout.Skip > 0 || (options.HasHeader && !MayBeHeader())
            || Enumerable.Range(0, rows).All(i => table.Cells(i, layout.Delimiter) >= table.Cells(rows, layout.Delimiter)))
        {
            return null;
        }

        int skip = table.Line(rows) - 1;
        bool MayBeHeader() => table.Split(rows, layout.Delimiter).Any(cell => cell.Length > 0 && !LooksLikeData(cell))
            && (table.Cells(rows - 1, layout.Delimiter) == 1 || !IsHeader(table, rows - 1, layout.Delimiter));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"from line {skip + 1} on all lines have {table.Cells(rows, layout.Delimiter)} cells: --skip {skip} leaves out what stands above");
    }

    static int Names(CsvSample table, int record, char delimiter) =>
        Array.FindLastIndex(table.Split(record, delimiter), cell => cell.Length > 0) + 1;

    /// <summary>Numbers, dates, times, amounts: digits and no letters, but for those of 1e5.</summary>
    static bool LooksLikeData(string cell) =>
        cell.Any(char.IsAsciiDigit)
        && (!cell.Any(char.IsLetter) || NumberText.Parse(cell, '.', out _) == NumberSyntax.Finite);
}

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

    static readonly HashSet<string> s_totals = new(StringComparer.OrdinalIgnoreCase)
    {
        "total", "totals", "grand total", "sum", "all", "overall", "summe", "gesamt", "gesamtsumme", "insgesamt", "somme",
        "totale", "suma", "soma",
    };

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
        else if (OtherMark(all, layout.Delimiter) is { } mark)
        {
            string advice = $"if lines that begin with '{mark}' are comments, --comment {mark} leaves them out.";
            if (options.HasHeader)
                return layout with
                {
                    HeaderFault = $"it begins with '{mark}', and does not name the columns of the lines below; {advice}",
                };
            notes.Add($"Line {all.Line(0)} begins with '{mark}'; {advice}");
        }

        SayTotal(layout.Delimiter, table);
        if (table.Count < 2)
            return layout;
        if (!options.HasHeader)
            return layout with
            {
                Advice = options.Skip > 0 ? null : new TitleLines(table, layout.Delimiter, missing).Advice(hasHeader: false),
            };
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

    /// <summary>
    /// A mark of comments in other tools that lines begin with above a table whose cells blanks part, as nothing but that parts
    /// words; else null.
    /// </summary>
    char? OtherMark(CsvSample all, char delimiter)
    {
        const string Marks = "%!*";
        if (options.Comment is not null || all.Count == 0 || !Marks.Contains(all.Text(0)[0], StringComparison.Ordinal))
            return null;
        char mark = all.Text(0)[0];
        int marked = Marked(all, mark);
        CsvSample table = all.Where(i => i >= marked);
        if (table.Count == 0 || (options.Delimiter ?? DelimiterSniffer.Find(table, options.Decimal ?? '.')) != ' ')
            return null;
        (int cells, int records) = table.UsualCells(' ');
        return cells > 1 && records == table.Count && (delimiter != ' ' || all.Cells(0, ' ') != cells) ? mark : null;
    }

    /// <summary>
    /// Says that the last line may be a sum of the others, where they begin with texts. It is known of a file read to its end.
    /// </summary>
    void SayTotal(char delimiter, CsvSample table)
    {
        string rows = text.TrimEnd();
        int start = rows.LastIndexOfAny(['\n', '\r']) + 1;
        if (!isWhole || start == 0 || table.Count < 3)
            return;
        string first = CsvSample.Split(rows.AsSpan(start), delimiter)[0];
        string[] others = [.. Enumerable.Range(1, table.Count - 1)
            .Where(i => table.Text(i).Trim() is var other && !other.SequenceEqual(rows.AsSpan(start)))
            .Select(i => table.Split(i, delimiter)[0])];
        if (s_totals.Contains(first.TrimEnd(':', ' ')) && others.Length > 0 && !others.Any(TitleLines.LooksLikeData)
            && !others.Contains(first, StringComparer.Ordinal))
        {
            int line = rows.AsSpan(0, start).Count('\n') is > 0 and var feeds ? feeds + 1 : rows.AsSpan(0, start).Count('\r') + 1;
            notes.Add($"The last line ({line}) says {CsvContext.Quoted(first)}: if it is a sum of the rows, delete it.");
        }
    }

    /// <summary>Leaves marked lines out, but for the last of them where it names the columns.</summary>
    CsvLayout Unmarked(CsvLayout layout, CsvSample all, int marked, CsvSample table)
    {
        char mark = all.Text(0)[0];
        string[] names = CsvSample.Split(all.Text(marked - 1).TrimStart(mark), layout.Delimiter);
        bool isHeader = options.HasHeader && names.Length == table.UsualCells(layout.Delimiter).Cells
            && !names.Any(TitleLines.LooksLikeData) && table.Split(0, layout.Delimiter).Any(TitleLines.LooksLikeData);
        int left = isHeader ? marked - 1 : marked;
        if (left > 0 && options.Comment is null)
        {
            notes.Add(all.Line(0) == all.Line(left - 1)
                ? $"Line {all.Line(0)} begins with '{mark}' and is left out; --comment '{mark}' leaves out all such lines."
                : $"Lines {all.Line(0)} to {all.Line(left - 1)} begin with '{mark}' and are left out; --comment '{mark}' leaves "
                    + "out all such lines.");
        }

        if (isHeader)
        {
            notes.Add($"Line {all.Line(marked - 1)} names the columns, though it begins with '{mark}'.");
            return layout with { Skip = all.Line(marked - 1) - 1, HeaderMark = mark };
        }

        return options.Comment is null ? layout with { Skip = all.Line(left - 1) } : layout;
    }

    /// <summary>
    /// Leaves lines above the header out where it is clear that a header follows, else says what could be done.
    /// </summary>
    CsvLayout WithoutTitles(CsvLayout layout, CsvSample table)
    {
        // Who says how many lines to skip has looked.
        if (options.Skip > 0)
            return layout;
        var titles = new TitleLines(table, layout.Delimiter, missing);
        int header = titles.Count();
        if (header == 0)
            return layout with { Advice = layout.Skip > 0 ? null : titles.Advice(hasHeader: true), HeaderFault = titles.Fault() };

        int skip = table.Line(header) - 1;
        notes.Add(header == 1
            ? $"Line {table.Line(0)} stands above the header in line {skip + 1} and is left out, as with --skip {skip}."
            : $"Lines {table.Line(0)} to {table.Line(header - 1)} stand above the header in line {skip + 1} and are left out, as "
                + $"with --skip {skip}.");
        return layout with { Skip = skip };
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
        if (layout.Delimiter == '|' && names is not null && IsRule(below))
        {
            notes.Add($"Line {table.Line(first)} is a rule below the header, as Markdown has it, and is left out.");
            return layout with { BelowHeader = 1 };
        }

        if (table.Count - first <= FewestRows || below.Any(TitleLines.LooksLikeData)
            || names?.Any(TitleLines.LooksLikeData) == true)
        {
            return layout;
        }

        bool[] data = new TitleLines(table, layout.Delimiter, missing).DataColumns(first + 1);
        string[] units = [.. below.Where((cell, k) => k < data.Length && data[k] && !missing.Contains(cell))];
        int texts = below.Count(cell => !missing.Contains(cell));
        if (units.Length == 0 || (units.Length == 1 && (texts > 1 || data.Length != 2)))
            return layout;
        notes.Add(
            $"Line {table.Line(first)} has texts such as {CsvContext.Quoted(units[0])} over columns of numbers, as units stand "
            + "below a header, and is left out.");
        return layout with { BelowHeader = 1 };
    }

    /// <summary>Whether cells are nothing but hyphens, with colons at their ends: <c>|---|:--|</c>.</summary>
    static bool IsRule(string[] cells) => cells.Any(cell => cell.Length > 0)
        && cells.All(
            cell => cell.Length == 0 || (cell.Trim(':') is { Length: > 0 } rule && cell.Length > 1 && rule.All(c => c == '-')));

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
}

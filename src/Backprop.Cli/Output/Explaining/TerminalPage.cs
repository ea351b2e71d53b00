namespace Backprop.Cli;

/// <summary>Blocks as lines of text.</summary>
static class TerminalPage
{
    const int Widest = 100;
    const int Gap = 2;
    const int LongestWord = 28;
    const int WideEnough = 78;
    const int FormulaWidth = 54;

    /// <summary>The characters of a line: as many as fit side by side, on a terminal that is not narrower.</summary>
    public static int Width => Console.IsOutputRedirected ? Widest : Math.Min(Widest, Screen.Width - 1);

    /// <summary>Writes blocks.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="width">The most characters of a line.</param>
    public static void Write(IEnumerable<PageBlock> blocks, TextWriter output, int width)
    {
        bool wasTable = false;
        foreach (PageBlock block in blocks)
        {
            if (block.Matrix is not null)
                continue;
            if (block.Heading is { } heading)
            {
                output.WriteLine();
                output.WriteLine(heading);
            }
            else if (block.Text is { } text)
            {
                Wrapped(text, "", output, width);
            }
            else if (block.Formula is { } formula)
            {
                Formula(formula.Formula.Plain, formula.Words, output, width);
            }
            else if (block.Table is { } table)
            {
                if (wasTable)
                    output.WriteLine();
                Table(table, output, width);
            }

            wasTable = block.Table is not null;
        }
    }

    static void Formula(string formula, string words, TextWriter output, int width)
    {
        if (formula.Length <= FormulaWidth && FormulaWidth + words.Length + 4 <= width)
        {
            output.WriteLine($"  {formula.PadRight(FormulaWidth)}  {words}");
            return;
        }

        Wrapped(formula, "  ", output, width);
        Wrapped(words, "      ", output, width);
    }

    static void Table(PageTable table, TextWriter output, int width)
    {
        // A table wider than the page goes on below with its words repeated.
        int longest = width >= WideEnough ? LongestWord : Math.Max(LongestWord / 4, (width - LongestWord) / 2);
        int[] widths = [.. table.Titles.Select((title, column) => Math.Max(
            Cut(title.Plain, longest).Length,
            table.Lines.Select(line => Cut(line[column].Plain, longest).Length).DefaultIfEmpty(0).Max()))];
        int words = Enumerable.Range(0, table.Words).Sum(column => widths[column] + Gap);
        int start = table.Words;
        do
        {
            int end = start, taken = words;
            while (end < widths.Length && (end == start || taken + widths[end] + Gap <= width))
                taken += widths[end++] + Gap;
            int[] columns = [.. Enumerable.Range(0, table.Words), .. Enumerable.Range(start, end - start)];
            Line(table.Titles);
            foreach (MathText[] line in table.Lines)
                Line(line);
            start = end;

            void Line(IReadOnlyList<MathText> cells) => output.WriteLine(string.Concat(columns.Select(column =>
                "  " + (column < table.Words
                    ? Cut(cells[column].Plain, longest).PadRight(widths[column])
                    : cells[column].Plain.PadLeft(widths[column])))).TrimEnd());
        }
        while (start < widths.Length);
        if (table.LeftOut is { } leftOut)
            Wrapped($"({leftOut})", "  ", output, width);
    }

    static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";

    static void Wrapped(string text, string indent, TextWriter output, int width)
    {
        string line = indent;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + word.Length + 1 > width)
            {
                output.WriteLine(line);
                line = indent;
            }

            line += line.Length > indent.Length ? " " + word : word;
        }

        output.WriteLine(line);
    }
}

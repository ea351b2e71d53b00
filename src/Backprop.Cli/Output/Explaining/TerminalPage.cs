namespace Backprop.Cli;

/// <summary>Blocks as lines of text of at most 100 characters.</summary>
static class TerminalPage
{
    public const int Width = 100;

    const int Gap = 2;
    const int LongestWord = 28;
    const int FormulaWidth = 54;

    public static void Write(IEnumerable<PageBlock> blocks, TextWriter output)
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
                Wrapped(text, "", output);
            }
            else if (block.Formula is { } formula)
            {
                Formula(formula.Formula.Plain, formula.Words, output);
            }
            else if (block.Table is { } table)
            {
                if (wasTable)
                    output.WriteLine();
                Table(table, output);
            }

            wasTable = block.Table is not null;
        }
    }

    static void Formula(string formula, string words, TextWriter output)
    {
        if (formula.Length <= FormulaWidth && FormulaWidth + words.Length + 4 <= Width)
        {
            output.WriteLine($"  {formula.PadRight(FormulaWidth)}  {words}");
            return;
        }

        Wrapped(formula, "  ", output);
        Wrapped(words, "      ", output);
    }

    static void Table(PageTable table, TextWriter output)
    {
        // A table wider than the page goes on below with its words repeated.
        int[] widths = [.. table.Titles.Select((title, column) => Math.Max(
            Cut(title.Plain).Length, table.Lines.Select(line => Cut(line[column].Plain).Length).DefaultIfEmpty(0).Max()))];
        int words = Enumerable.Range(0, table.Words).Sum(column => widths[column] + Gap);
        int start = table.Words;
        do
        {
            int end = start, width = words;
            while (end < widths.Length && (end == start || width + widths[end] + Gap <= Width))
                width += widths[end++] + Gap;
            int[] columns = [.. Enumerable.Range(0, table.Words), .. Enumerable.Range(start, end - start)];
            Line(table.Titles);
            foreach (MathText[] line in table.Lines)
                Line(line);
            start = end;

            void Line(IReadOnlyList<MathText> cells) => output.WriteLine(string.Concat(columns.Select(column =>
                "  " + (column < table.Words
                    ? Cut(cells[column].Plain).PadRight(widths[column])
                    : cells[column].Plain.PadLeft(widths[column])))).TrimEnd());
        }
        while (start < widths.Length);
        if (table.LeftOut is { } leftOut)
            Wrapped($"({leftOut})", "  ", output);
    }

    static string Cut(string text) => text.Length <= LongestWord ? text : text[..(LongestWord - 1)] + "…";

    static void Wrapped(string text, string indent, TextWriter output)
    {
        string line = indent;
        foreach (string word in text.Split(' '))
        {
            if (line.Length > indent.Length && line.Length + word.Length + 1 > Width)
            {
                output.WriteLine(line);
                line = indent;
            }

            line += line.Length > indent.Length ? " " + word : word;
        }

        output.WriteLine(line);
    }
}

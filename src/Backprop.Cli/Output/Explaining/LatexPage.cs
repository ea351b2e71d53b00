namespace Backprop.Cli;

/// <summary>Blocks as a fragment of LaTeX that needs amsmath and nothing else.</summary>
static class LatexPage
{
    public static void Write(IReadOnlyList<PageBlock> blocks, TextWriter output)
    {
        output.WriteLine(@"% A fragment for a document in UTF-8 with \usepackage{amsmath}.");
        for (int i = 0; i < blocks.Count; i++)
        {
            PageBlock block = blocks[i];
            if (block.Heading is { } heading)
            {
                output.WriteLine($@"\subsection*{{{LatexText.Of(heading)}}}");
            }
            else if (block.Text is { } text)
            {
                output.WriteLine(LatexText.Of(text));
                output.WriteLine();
            }
            else if (block.Formula is not null)
            {
                int end = i;
                while (end < blocks.Count && blocks[end].Formula is not null)
                    end++;
                Formulas([.. blocks.Skip(i).Take(end - i).Select(formula => formula.Formula!.Value)], output);
                i = end - 1;
            }
            else if (block.Matrix is { } matrix)
            {
                output.WriteLine($@"\[ {matrix.Symbol.Latex} = {Matrix(matrix.Cells)} \]");
            }
            else if (block.Table is { } table)
            {
                Table(table, output);
            }
        }
    }

    /// <summary>A matrix between parentheses.</summary>
    public static string Matrix(string[][] cells) =>
        @"\begin{pmatrix} " + string.Join(@" \\ ", cells.Select(line => string.Join(" & ", line.Select(PageTables.Latex))))
            + @" \end{pmatrix}";

    static void Formulas((MathText Formula, string Words)[] formulas, TextWriter output)
    {
        // Steps of one rule stand below each other, the words beside the last.
        var lines = new List<string>();
        foreach ((MathText formula, string words) in formulas)
        {
            string[] steps = formula.Latex.Split(@",\;");
            for (int i = 0; i < steps.Length; i++)
                lines.Add(Aligned(steps[i].Trim()) + (i + 1 < steps.Length ? "" : $@" && \text{{{LatexText.Of(words)}}}"));
        }

        output.WriteLine(@"\begin{align*}");
        output.WriteLine(string.Join(@" \\" + "\n", lines));
        output.WriteLine(@"\end{align*}");
    }

    static string Aligned(string formula)
    {
        string sign = formula.Contains(@" \leftarrow ", StringComparison.Ordinal) ? @" \leftarrow " : " = ";
        int at = formula.IndexOf(sign, StringComparison.Ordinal);
        return at < 0 ? formula + " &" : $"{formula[..at]} &{sign}{formula[(at + sign.Length)..]}";
    }

    static void Table(PageTable table, TextWriter output)
    {
        output.WriteLine(@"\begin{center}");
        output.WriteLine(
            $@"\begin{{tabular}}{{{string.Concat(table.Titles.Select((_, column) => column < table.Words ? 'l' : 'r'))}}}");
        Line(table.Titles, 0);
        output.WriteLine(@"\hline");
        foreach (MathText[] line in table.Lines)
            Line(line, table.Words);
        output.WriteLine(@"\end{tabular}");
        output.WriteLine(@"\end{center}");
        if (table.LeftOut is { } leftOut)
        {
            output.WriteLine($"({LatexText.Of(leftOut)})");
            output.WriteLine();
        }

        void Line(IReadOnlyList<MathText> cells, int words) => output.WriteLine(string.Join(" & ", cells.Select((cell, column) =>
            cell.Latex.Length > 0 ? $"${cell.Latex}$"
            : words > 0 && column >= words && cell.Plain.Length > 0 && (char.IsAsciiDigit(cell.Plain[^1]))
                ? $"${PageTables.Latex(cell.Plain)}$"
            : LatexText.Of(cell.Plain))) + @" \\");
    }
}

using System.Text;

namespace Backprop.Cli;

/// <summary>Blocks as Markdown with formulas between dollar signs.</summary>
static class MarkdownPage
{
    public static void Write(IEnumerable<PageBlock> blocks, TextWriter output)
    {
        foreach (PageBlock block in blocks)
        {
            if (block.Heading is { } heading)
                output.WriteLine($"## {Escaped(heading)}");
            else if (block.Text is { } text)
                output.WriteLine(Escaped(text));
            else if (block.Formula is { } formula)
                output.WriteLine($"${formula.Formula.Latex}$ — {Escaped(formula.Words)}");
            else if (block.Matrix is { } matrix)
                output.WriteLine($"$$ {matrix.Symbol.Latex} = {LatexPage.Matrix(matrix.Cells)} $$");
            else if (block.Table is { } table)
                Table(table, output);
            output.WriteLine();
        }
    }

    static void Table(PageTable table, TextWriter output)
    {
        Line(table.Titles);
        output.WriteLine("|" + string.Concat(table.Titles.Select((_, column) => column < table.Words ? " :-- |" : " --: |")));
        foreach (MathText[] line in table.Lines)
            Line(line);
        if (table.LeftOut is { } leftOut)
        {
            output.WriteLine();
            output.WriteLine($"({Escaped(leftOut)})");
        }

        void Line(IReadOnlyList<MathText> cells) =>
            output.WriteLine("|" + string.Concat(
                cells.Select(cell => $" {(cell.Latex.Length > 0 ? $"${cell.Latex}$" : Escaped(cell.Plain))} |")));
    }

    static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (char sign in text)
        {
            if (sign is '\\' or '|' or '*' or '_' or '<' or '`' or '$' or '[' or ']' or '#' or '~')
                escaped.Append('\\');
            escaped.Append(sign is '\r' or '\n' ? ' ' : sign);
        }

        return escaped.ToString();
    }
}

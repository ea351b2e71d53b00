using System.Globalization;
using System.Text;

namespace Backprop.Repository.Tests;

/// <summary>A command and what it wrote, as a picture of a terminal (SVG).</summary>
static class TerminalPicture
{
    const double LetterWidth = 7.83;
    const int LineHeight = 18;
    const int Border = 16;

    public static string Svg(string command, IReadOnlyList<string> output)
    {
        string[] lines = [$"$ {command}", .. output];
        int width = (int)(lines.Max(line => line.Length) * LetterWidth) + 2 * Border;
        int height = lines.Length * LineHeight + 2 * Border;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
            <title>A training in a terminal</title>
            <rect width="{width}" height="{height}" rx="8" fill="#16181d"/>
            <g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#d7dae0">

            """);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0)
                continue;

            int y = Border + (i + 1) * LineHeight - 5;
            string color = i == 0 ? " fill=\"#7ee787\"" : "";
            double length = lines[i].Length * LetterWidth;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Border}\" y=\"{y}\" textLength=\"{length:f0}\" "
                + $"xml:space=\"preserve\"{color}>{Escaped(lines[i])}</text>\n");
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    /// <summary>The lines that a picture shows, the command first, without those that are empty.</summary>
    public static IEnumerable<string> LinesOf(string svg) =>
        from line in svg.Split('\n')
        where line.StartsWith("<text", StringComparison.Ordinal)
        let text = line[(line.IndexOf('>', StringComparison.Ordinal) + 1)..line.LastIndexOf('<')]
        select text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}

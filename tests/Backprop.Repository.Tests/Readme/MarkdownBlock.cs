namespace Backprop.Repository.Tests;

/// <summary>A block of code in a Markdown file.</summary>
/// <param name="Language">What stands after the fence.</param>
/// <param name="Comment">The line before it.</param>
/// <param name="Text">The code, without the last line end.</param>
readonly record struct MarkdownBlock(string Language, string Comment, string Text)
{
    const string Fence = "```";

    public static IEnumerable<MarkdownBlock> In(string markdown)
    {
        string[] lines = markdown.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;

            int end = Array.IndexOf(lines, Fence, i + 1);
            yield return new MarkdownBlock(
                lines[i][Fence.Length..], i == 0 ? "" : lines[i - 1], string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }
}

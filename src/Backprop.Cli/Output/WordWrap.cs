namespace Backprop.Cli;

/// <summary>Lines that break between words.</summary>
static class WordWrap
{
    /// <summary>
    /// A text in lines of at most so many characters. A word that is longer breaks after a comma; without one it has a line of
    /// its own.
    /// </summary>
    /// <param name="text">The text; its own line breaks stay.</param>
    /// <param name="width">The most characters of a line.</param>
    public static IEnumerable<string> Lines(string text, int width)
    {
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string rest = paragraph;
            while (rest.Length > width)
            {
                int end = End(rest, width);
                if (end == rest.Length)
                    break;
                yield return rest[..end].TrimEnd();
                rest = rest[end..].TrimStart();
            }

            yield return rest;
        }
    }

    /// <summary>Where the first line of a text that is too long for one ends.</summary>
    static int End(string text, int width)
    {
        int indent = text.Length - text.TrimStart().Length;
        int blank = text.LastIndexOf(' ', width);
        if (blank > indent)
            return blank;
        int comma = text.LastIndexOf(',', width - 1);
        if (comma >= indent && comma >= 0)
            return comma + 1;
        int next = text.IndexOf(' ', width);
        return next < 0 ? text.Length : next;
    }
}

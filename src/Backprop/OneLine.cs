using System.Globalization;

namespace Backprop;

/// <summary>
/// A message on one line and of bounded length, whatever a file that it quotes from has in its names: a column may be called
/// by a page of text, or by what moves a terminal's cursor.
/// </summary>
static class OneLine
{
    /// <summary>More than any message of this program has by itself.</summary>
    public const int Longest = 2000;

    const int Head = 1400;
    const int Tail = 500;

    /// <summary>
    /// The message with a space for everything that breaks a line, and its middle left out where it is too long.
    /// </summary>
    public static string Of(string message)
    {
        if (message.Length > Longest)
            message = $"{message.AsSpan(0, Head)} … {message.AsSpan(message.Length - Tail)}";
        return message.Any(Breaks)
            ? string.Create(message.Length, message, static (line, text) =>
            {
                for (int i = 0; i < line.Length; i++)
                    line[i] = Breaks(text[i]) ? ' ' : text[i];
            })
            : message;
    }

    static bool Breaks(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

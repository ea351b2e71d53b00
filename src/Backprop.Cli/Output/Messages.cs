namespace Backprop.Cli;

/// <summary>
/// Text for people, on stderr: wrapped between words where that is a terminal, a sentence a line elsewhere. Where nobody can read
/// it, because stderr is closed or its terminal is gone, work goes on.
/// </summary>
static class Messages
{
    const string ToStartAndErase = "\r\u001b[K";

    /// <summary>Whether nothing is said but what went wrong or may go wrong.</summary>
    public static bool AreQuiet { get; set; }

    public static void Error(string sentence) => Warning($"backprop: {sentence}");

    /// <summary>What is said even to those who want quiet.</summary>
    public static void Warning(string text)
    {
        string lines = Screen.HasErrorTerminal
            ? string.Join(Environment.NewLine, WordWrap.Lines(text, Screen.Width - 1))
            : text;
        Write(lines + Environment.NewLine);
    }

    public static void Line(string text)
    {
        if (!AreQuiet)
            Warning(text);
    }

    /// <summary>
    /// Shows what goes on, where a line can be written over, in the place of what it showed before; null wipes it away.
    /// </summary>
    public static void Progress(string? text)
    {
        if (Screen.CanRewrite && !AreQuiet)
            Write(ToStartAndErase + text);
    }

    static void Write(string text)
    {
        try
        {
            Console.Error.Write(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is no other place to tell it.
        }
    }
}

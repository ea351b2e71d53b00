namespace Backprop.Cli;

/// <summary>
/// Text for people, on stderr. Where nobody can read it, because stderr is closed or its terminal is gone, work goes on.
/// </summary>
static class Messages
{
    const string ToStartAndErase = "\r\u001b[K";

    /// <summary>Whether stderr is a terminal.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected;

    public static void Error(string sentence) => Line($"backprop: {sentence}");

    public static void Line(string text) => Write(text + Environment.NewLine);

    /// <summary>Shows what goes on, on a terminal only, in the place of what it showed before; null wipes it away.</summary>
    public static void Progress(string? text)
    {
        if (IsTerminal)
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

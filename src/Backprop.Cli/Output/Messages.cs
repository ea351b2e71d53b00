namespace Backprop.Cli;

/// <summary>Text for people, on stderr.</summary>
static class Messages
{
    const string ToStartAndErase = "\r\u001b[K";

    /// <summary>Whether stderr is a terminal.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected;

    public static void Error(string sentence) => Console.Error.WriteLine($"backprop: {sentence}");

    public static void Line(string text) => Console.Error.WriteLine(text);

    /// <summary>Shows what goes on, on a terminal only, in the place of what it showed before; null wipes it away.</summary>
    public static void Progress(string? text)
    {
        if (IsTerminal)
            Console.Error.Write(ToStartAndErase + text);
    }
}

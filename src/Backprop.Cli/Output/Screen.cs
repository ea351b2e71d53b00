namespace Backprop.Cli;

/// <summary>How wide text may be, and whether it may move about.</summary>
static class Screen
{
    /// <summary>The width of a terminal that does not tell its own, and of text that goes to a file.</summary>
    const int UsualWidth = 80;

    /// <summary>Wider lines of prose are hard to read.</summary>
    const int WidestProse = 120;

    const int Narrowest = 20;

    /// <summary>The characters of a line on the terminal; the usual number where there is none.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth >= Narrowest ? Console.WindowWidth : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>The characters of a line on standard output.</summary>
    public static int OutputWidth => Console.IsOutputRedirected ? UsualWidth : Width;

    /// <summary>The characters of a line of prose on standard output.</summary>
    public static int ProseWidth => Math.Min(WidestProse, OutputWidth);

    /// <summary>Whether standard error is a terminal.</summary>
    public static bool HasErrorTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>
    /// Whether a line on standard error can be written over: not on a terminal that is dumb or is asked to be plain.
    /// </summary>
    public static bool CanRewrite { get; } = HasErrorTerminal
        && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal)
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
}

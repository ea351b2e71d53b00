using Spectre.Console;

namespace Backprop.Cli;

/// <summary>Text for people, on stderr.</summary>
static class Messages
{
    /// <summary>The console behind stderr; colours and live lines only where it is a terminal.</summary>
    public static IAnsiConsole Console { get; } = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(System.Console.Error),
    });

    /// <summary>Whether stderr is a terminal.</summary>
    public static bool IsTerminal => !System.Console.IsErrorRedirected;

    public static void Error(string sentence) => System.Console.Error.WriteLine($"backprop: {sentence}");

    public static void Line(string text) => System.Console.Error.WriteLine(text);
}

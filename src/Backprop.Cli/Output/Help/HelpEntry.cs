namespace Backprop.Cli;

/// <summary>An argument, flag or verb in the help.</summary>
/// <param name="Head">How it is written: <c>-o, --out FILE</c>.</param>
/// <param name="Text">What it is, and what holds without it.</param>
/// <param name="Values">The names that it takes; empty where they are not names.</param>
sealed record HelpEntry(string Head, string Text, IReadOnlyList<string> Values);

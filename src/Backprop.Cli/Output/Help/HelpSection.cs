namespace Backprop.Cli;

/// <summary>Things that belong together in the help.</summary>
sealed record HelpSection(string Title, IReadOnlyList<HelpEntry> Entries);

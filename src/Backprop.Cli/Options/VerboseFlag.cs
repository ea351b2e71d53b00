using System.CommandLine;

namespace Backprop.Cli;

/// <summary>The flag that tells of every epoch.</summary>
static class VerboseFlag
{
    public static Option<bool> Create() => new("--verbose", "-v") { Description = "A line for each epoch on standard error." };
}

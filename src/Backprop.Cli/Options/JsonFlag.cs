using System.CommandLine;

namespace Backprop.Cli;

/// <summary>The flag that makes stdout one JSON object.</summary>
static class JsonFlag
{
    public static Option<bool> Create() => new("--json")
    {
        Description = "Write the result as one JSON object, and nothing else, to standard output.",
    };
}

using System.Text.Json;

namespace Backprop.Cli.Tests;

/// <summary>What a run of the command left: its exit code and what it wrote.</summary>
sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The one JSON object that standard output is.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The sentence that says what went wrong: the only line of that kind, and the last one.</summary>
    public string Sentence
    {
        get
        {
            string line = Assert.Single(ErrorLines, text => text.StartsWith("backprop: ", StringComparison.Ordinal));
            Assert.Equal(line, ErrorLines[^1]);
            Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
            Assert.DoesNotContain("(Parameter ", Error, StringComparison.Ordinal);
            Assert.DoesNotContain("This is a bug", line, StringComparison.Ordinal);
            return line["backprop: ".Length..];
        }
    }

    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Error}");
        return this;
    }
}

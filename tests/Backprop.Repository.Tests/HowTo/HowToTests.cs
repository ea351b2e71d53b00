using System.Text.RegularExpressions;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>
/// docs/how-to.md from top to bottom: its files are written, its commands run, what it shows of their output is in it, and its
/// code is code that runs.
/// </summary>
[Collection(Repository.InAFolder)]
public sealed class HowToTests
{
    const string Page = "docs/how-to.md";

    [Fact]
    public void Files_commands_output_and_code_are_those_of_a_run()
    {
        Dictionary<string, string> pieces = SampleCode.All("HowTo", "how-to");
        using TemporaryFolder folder = WithSamples();
        string output = "";
        int commands = 0;
        foreach (MarkdownBlock block in MarkdownBlock.In(Repository.Read(Page)))
        {
            if (Named(block, "file") is [var file])
            {
                File.WriteAllText(folder[file], block.Text + "\n");
                continue;
            }

            switch (block.Language)
            {
                case "sh":
                    string[] lines = block.Text.Split('\n');
                    output = string.Concat(lines.Select(line => Output(folder, line)));
                    commands += lines.Length;
                    break;
                case "csharp":
                    string[] names = Named(block, "code");
                    Assert.Equal(string.Join("\n\n", names.Select(name => pieces[name])), block.Text);
                    Array.ForEach(names, name => Run(folder, name, pieces));
                    break;
                default:
                    Assert.Equal("text", block.Language);
                    Assert.All(block.Text.Split('\n'), line => Assert.Contains(line, output, StringComparison.Ordinal));
                    break;
            }
        }

        Assert.Empty(pieces);
        Assert.InRange(commands, 15, 100);
    }

    /// <summary>What a comment such as "code: a, b" before a block names; nothing where there is none.</summary>
    static string[] Named(MarkdownBlock block, string what)
    {
        string start = $"<!-- {what}: ";
        return block.Comment.StartsWith(start, StringComparison.Ordinal)
            ? block.Comment[start.Length..^" -->".Length].Split(", ")
            : [];
    }

    /// <summary>Runs a line, which says its exit code where that is not 0, and gives what it wrote.</summary>
    static string Output(TemporaryFolder folder, string line)
    {
        Match match = Regex.Match(
            line, "^backprop (?<arguments>.+?)(   # exit code (?<code>[0-9]+))?$", RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10));
        Assert.True(match.Success, line);
        string configuration = Repository.Configuration.ToLowerInvariant();
        string command = Repository.PathOf($"artifacts/bin/Backprop.Cli/{configuration}/Backprop.Cli.dll");
        string output = Repository.Run(
            folder.Full, "sh", "-c", $"dotnet '{command}' {match.Groups["arguments"].Value} 2>&1; echo \"exit code $?\"");
        string code = match.Groups["code"].Success ? match.Groups["code"].Value : "0";
        Assert.True(output.EndsWith($"exit code {code}\n", StringComparison.Ordinal), $"{line}\n{output}");
        return output;
    }

    static void Run(TemporaryFolder folder, string piece, Dictionary<string, string> pieces)
    {
        pieces.Remove(piece);
        Action? run = piece switch
        {
            "file" => HowToSample.File,
            "row" => HowToSample.Row,
            _ => null,
        };
        string before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);
        Environment.CurrentDirectory = folder.Full;
        try
        {
            run?.Invoke();
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
        }
    }

    static TemporaryFolder WithSamples()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["samples"]);
        File.Copy(Repository.PathOf("samples/penguins.csv"), folder["samples/penguins.csv"]);
        return folder;
    }
}

using System.Globalization;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>What docs/gradient-check.md shows is what runs, and what it says comes of it comes of it.</summary>
[Collection(Repository.InAFolder)]
public sealed class GradientCheckPageTests
{
    const string Page = "docs/gradient-check.md";
    const string Update = "BACKPROP_UPDATE_README=1 dotnet test tests/Backprop.Repository.Tests --filter GradientCheckPage";

    static bool IsUpdate => Environment.GetEnvironmentVariable("BACKPROP_UPDATE_README") == "1";

    [Fact]
    public void Code_and_output_are_those_of_a_run()
    {
        string page = Repository.Read(Page);
        Dictionary<string, string> pieces = SampleCode.All("GradientCheckPage", "gradient-check");
        using TemporaryFolder folder = WithSamples();
        string? output = null;
        int shown = 0;
        foreach (MarkdownBlock block in MarkdownBlock.In(page))
        {
            string expected;
            switch (block.Language)
            {
                case "csharp":
                    Assert.Matches("^<!-- code: .+ -->$", block.Comment);
                    string name = block.Comment["<!-- code: ".Length..^" -->".Length];
                    Assert.True(pieces.Remove(name, out expected!), name);
                    output = Run(folder, name) ?? output;
                    break;
                case "sh":
                    expected = block.Text;
                    foreach (string line in block.Text.Split('\n'))
                        output = Backprop(folder, line);
                    break;
                default:
                    Assert.Equal("text", block.Language);
                    expected = output!;
                    shown++;
                    break;
            }

            if (IsUpdate)
                page = page.Replace($"\n{block.Text}\n```", $"\n{expected}\n```", StringComparison.Ordinal);
            else
                Assert.True(expected == block.Text, $"{Page} does not show what is:\n{expected}\nTo take it over: {Update}");
        }

        Assert.Empty(pieces);
        Assert.Equal(4, shown);
        if (IsUpdate)
            File.WriteAllText(Repository.PathOf(Page), page);
    }

    [Fact]
    public void The_page_says_what_it_is_there_to_say()
    {
        string page = Repository.Read(Page);
        Assert.Contains("GRADIENTS AGREE: ", page, StringComparison.Ordinal);
        Assert.Contains("swish: the derivative is wrong: worst error ", page, StringComparison.Ordinal);
        Assert.Contains("layer 2, Biases: wrong, ", page, StringComparison.Ordinal);
        Assert.Contains(" at neuron 5", page, StringComparison.Ordinal);
        Assert.Contains("gradients agree: worst error ", page, StringComparison.Ordinal);
    }

    /// <summary>What a piece writes, or null for one that only declares.</summary>
    static string? Run(TemporaryFolder folder, string name)
    {
        Action? run = name switch
        {
            "formula" => HastySample.Formula,
            "model" => HastySample.Network,
            "arrays" => HastySample.Arrays,
            _ => null,
        };
        if (run is null)
            return null;

        string before = Environment.CurrentDirectory;
        (TextWriter console, CultureInfo culture) = (Console.Out, CultureInfo.CurrentCulture);
        using var writer = new StringWriter();
        Console.SetOut(writer);
        Environment.CurrentDirectory = folder.Full;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            run();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Environment.CurrentDirectory = before;
            Console.SetOut(console);
        }

        return writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n');
    }

    static string Backprop(TemporaryFolder folder, string line)
    {
        Assert.StartsWith("backprop ", line, StringComparison.Ordinal);
        string configuration = Repository.Configuration.ToLowerInvariant();
        string command = Repository.PathOf($"artifacts/bin/Backprop.Cli/{configuration}/Backprop.Cli.dll");
        return Repository.Run(folder.Full, "sh", "-c", $"dotnet '{command}' {line["backprop ".Length..]}").TrimEnd('\n');
    }

    static TemporaryFolder WithSamples()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["samples"]);
        File.Copy(Repository.PathOf("samples/iris.csv"), folder["samples/iris.csv"]);
        return folder;
    }
}

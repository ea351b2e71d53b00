using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>What the README shows is what runs.</summary>
[Collection(Repository.InAFolder)]
public sealed class ReadmeTests
{
    const string FirstCommand = "dotnet run --project src/Backprop.Cli -c Release -- ";
    const string Update = "BACKPROP_UPDATE_README=1 dotnet test tests/Backprop.Repository.Tests --filter Readme";
    const string Picture = "docs/train.svg";
    const string PictureCommand = "backprop train samples/penguins.csv --target species --out penguins.onnx";

    // What stands in sh blocks besides the command itself, and who runs it.
    static readonly string[] s_elsewhere =
    [
        "tools/package.sh", // test.sh, into another folder
        "dotnet tool install --global --add-source packages Backprop.Cli", // NativeCommandTests, into a folder
        "dotnet nuget add source \"$PWD/packages\" --name backprop", // PackageTests, as a file of settings
        "./test.sh", // what runs these tests
    ];

    static bool IsUpdate => Environment.GetEnvironmentVariable("BACKPROP_UPDATE_README") == "1";

    [Fact]
    public void Code_blocks_are_code_that_is_compiled_here()
    {
        string readme = Repository.Read("README.md");
        Dictionary<string, string> pieces = SampleCode.All();
        var shown = new List<string>();
        foreach (MarkdownBlock block in MarkdownBlock.In(readme).Where(block => block.Language == "csharp"))
        {
            Assert.Matches("^<!-- code: .+ -->$", block.Comment);
            string[] names = block.Comment["<!-- code: ".Length..^" -->".Length].Split(", ");
            shown.AddRange(names);
            string code = string.Join("\n\n", names.Select(name => pieces[name]));
            if (IsUpdate)
                readme = readme.Replace(
                    $"{block.Comment}\n```csharp\n{block.Text}\n```",
                    $"{block.Comment}\n```csharp\n{code}\n```",
                    StringComparison.Ordinal);
            else
                Assert.True(
                    code == block.Text, $"README.md does not show '{names[0]}' as it is:\n{code}\nTo take it over: {Update}");
        }

        Assert.Equal(pieces.Keys.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        if (IsUpdate)
            File.WriteAllText(Repository.PathOf("README.md"), readme);
    }

    [Fact]
    public void Code_blocks_do_what_they_say()
    {
        using TemporaryFolder folder = WithSamples();
        string before = Environment.CurrentDirectory;
        TextWriter output = Console.Out;
        Console.SetOut(TextWriter.Null);
        Environment.CurrentDirectory = folder.Full;
        try
        {
            TableSample.Run();
            RowsSample.Run();
            ArraysSample.Run();
            LoopSample.Run();
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(output);
        }
    }

    [Fact]
    public void Commands_run()
    {
        using TemporaryFolder folder = WithSamples();
        int count = 0;
        foreach (string line in Commands())
        {
            string? arguments = line.StartsWith(FirstCommand, StringComparison.Ordinal) ? line[FirstCommand.Length..]
                : line.StartsWith("backprop ", StringComparison.Ordinal) ? line["backprop ".Length..]
                : null;
            if (arguments is null)
            {
                Assert.Contains(line, s_elsewhere, StringComparer.Ordinal);
                continue;
            }

            Backprop(folder, arguments);
            count++;
        }

        Assert.InRange(count, 4, 100);
    }

    [Fact]
    public void The_picture_shows_what_the_command_writes()
    {
        Assert.Contains(Picture, Repository.Read("README.md"), StringComparison.Ordinal);
        using TemporaryFolder folder = WithSamples();

        // Where the machine is busy, lines tell how far the training is.
        string[] output = [.. Backprop(folder, PictureCommand["backprop ".Length..]).TrimEnd().Split('\n')
            .Where(line => !line.StartsWith("epoch ", StringComparison.Ordinal))];
        if (IsUpdate)
            File.WriteAllText(Repository.PathOf(Picture), TerminalPicture.Svg(PictureCommand, output));

        IEnumerable<string> written = output.Prepend($"$ {PictureCommand}")
            .Where(line => line.Trim().Length > 0).Select(WithoutSpeed);
        string[] shown = [.. TerminalPicture.LinesOf(Repository.Read(Picture)).Select(WithoutSpeed)];
        Assert.True(
            written.SequenceEqual(shown, StringComparer.Ordinal),
            $"{Picture} is not what the command writes; to make it again: {Update}\n{string.Join('\n', output)}");
    }

    /// <summary>Every line of the sh blocks.</summary>
    internal static IEnumerable<string> Commands() =>
        from block in MarkdownBlock.In(Repository.Read("README.md"))
        where block.Language == "sh"
        from line in block.Text.Split('\n')
        where line.Length > 0
        select line.Split("   # ")[0].TrimEnd();

    static string WithoutSpeed(string line) =>
        line.Contains("rows/s", StringComparison.Ordinal) ? string.Concat(line.Where(char.IsLetter)) : line.TrimEnd();

    /// <summary>Runs the built command as a shell does, both outputs together.</summary>
    static string Backprop(TemporaryFolder folder, string arguments)
    {
        string command = Repository.PathOf(
            $"artifacts/bin/Backprop.Cli/{Repository.Configuration.ToLowerInvariant()}/Backprop.Cli.dll");
        return Repository.Run(folder.Full, "sh", "-c", $"dotnet '{command}' {arguments} 2>&1");
    }

    static TemporaryFolder WithSamples()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["samples"]);
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("samples"), "*.csv"))
            File.Copy(file, Path.Combine(folder["samples"], Path.GetFileName(file)));
        return folder;
    }
}

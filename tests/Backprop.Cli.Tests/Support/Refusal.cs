namespace Backprop.Cli.Tests;

/// <summary>
/// Runs a command that must be refused: the exit code, one clear sentence, nothing on standard output, and no file
/// changed, made or left behind.
/// </summary>
static class Refusal
{
    const string Precious = "what was there before";

    /// <summary>Trains with <c>--out old.onnx</c>, in the place of a file that must stand.</summary>
    public static string Of(this Command command, params string[] arguments) => Of(command, 2, arguments);

    public static string Of(Command command, int exitCode, params string[] arguments)
    {
        if (arguments[0] == "train" && !arguments.Contains("--out"))
        {
            command.Write("old.onnx", Precious);
            arguments = [.. arguments, "--out", "old.onnx"];
        }

        Dictionary<string, byte[]> before = Files(command);
        CommandResult result = command.Run(arguments);
        Assert.True(result.ExitCode == exitCode, $"Exit code {result.ExitCode}, not {exitCode}: {result.Error}");
        Assert.Equal("", result.Output);
        string sentence = result.Sentence;
        Dictionary<string, byte[]> after = Files(command);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach ((string file, byte[] bytes) in before)
            Assert.Equal(bytes, after[file]);
        return sentence;
    }

    static Dictionary<string, byte[]> Files(Command command) =>
        Directory.EnumerateFiles(command.Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes,
            StringComparer.Ordinal);
}

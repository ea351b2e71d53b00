namespace Backprop.Cli.Tests;

/// <summary>Every verb that reads a damaged file says one sentence and ends with exit code 2.</summary>
public sealed class DamagedFileTests : IDisposable
{
    static readonly string s_folder = Folder();

    readonly Command _command = new();

    public static TheoryData<string, string> Cases => new()
    {
        { "onnx", "info {}" },
        { "onnx", "evaluate {} sample:iris" },
        { "onnx", "predict {} sample:iris" },
        { "onnx", "check {} sample:iris" },
        { "onnx", "explain {} sample:iris --row 1" },
        { "onnx", "reproduce {} sample:iris" },
        { "safetensors", "train sample:iris --resume {} --out x.onnx" },
        { "safetensors", "explain sample:iris --checkpoint {} --row 1" },
        { "csv", "train {} --target y --out x.onnx" },
        { "csv", "doctor {} --target y" },
        { "idx", "train {} --labels {} --out x.onnx" },
        { "recipe", "train t.csv --recipe {} --out x.onnx" },
    };

    public void Dispose() => _command.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_sentence_and_exit_code_2(string format, string arguments)
    {
        // A few of them: each is a process. The readers themselves are given all of them elsewhere.
        _command.Write("t.csv", "a,b,c,y\n" + string.Concat(Enumerable.Range(0, 24).Select(
            i => $"{i % 7},{i * 5 % 11}.5,{"uvw"[i % 3]},{"pq"[i % 2]}\n")));
        string[] files = Directory.GetFiles(Path.Combine(s_folder, format));
        Array.Sort(files, StringComparer.Ordinal);
        int step = Math.Max(1, files.Length / 4);
        for (int i = arguments.Length % step; i < files.Length; i += step)
        {
            CommandResult result = _command.Run(arguments.Replace("{}", files[i], StringComparison.Ordinal).Split(' '));
            Assert.True(result.ExitCode == 2, $"{files[i]}: {result.ExitCode} {result.Error}");
            Assert.Empty(result.Output);
            Assert.Matches("^backprop: [^\n]{10,2100}[.?]\n$", result.Error);
            Assert.DoesNotContain("bug in Backprop", result.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_command["x.onnx"]));
        }
    }

    static string Folder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "tests", "golden", "damaged");
    }
}

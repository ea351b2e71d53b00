using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Backprop.Tests;

/// <summary>
/// Damages files at random, the same way each time, and reads them. A file with an outcome that none had before is damaged
/// further: so the draws find their way behind one check after the other.
/// </summary>
static class Fuzzer
{
    /// <summary>How many files are read; a few where it is not set.</summary>
    const string CountVariable = "BACKPROP_FUZZ";

    /// <summary>From which the draws follow; 1 where it is not set.</summary>
    const string SeedVariable = "BACKPROP_FUZZ_SEED";

    /// <summary>A folder for findings and for a line with the count of each format; none where it is not set.</summary>
    const string FolderVariable = "BACKPROP_FUZZ_FOLDER";

    const int LogEvery = 20_000;
    const int MostKept = 4000;
    const int LongestKept = 1 << 14;
    const int MostFindings = 10;

    /// <summary>Reads as many damaged files as are wanted.</summary>
    /// <param name="format">Their kind.</param>
    /// <param name="few">How many where nothing else is said.</param>
    public static void Run(FuzzFormat format, int few)
    {
        long count = Number(CountVariable) ?? few;
        var draw = new Draw((int)(Number(SeedVariable) ?? 1));
        List<byte[]> corpus =
            [.. format.Seeds(), .. format.Damaged().Select(File.ReadAllBytes).Where(file => file.Length <= LongestKept)];
        int seeds = corpus.Count;
        var signatures = new HashSet<string>(StringComparer.Ordinal);
        var findings = new Dictionary<string, string>(StringComparer.Ordinal);
        long read = 0, done = 0, seen = -1;
        byte[] file = [];
        using var watchman = new Timer(_ =>
        {
            if (seen == done)
                Keep($"{format.Name}-takes-long", file);
            seen = done;
        }, null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));
        var watch = Stopwatch.StartNew();
        for (; done < count && findings.Count < MostFindings; done++)
        {
            // The newest outcomes half of the time.
            byte[] parent = draw.OneIn(2) ? draw.Of(corpus) : corpus[^(1 + draw.Below(Math.Min(corpus.Count, seeds + 8)))];
            file = draw.OneIn(3) ? parent : format.Mutate(parent, draw);
            if (ReferenceEquals(file, parent) || draw.OneIn(8))
                file = ByteMutation.Of(file, draw.Of(corpus), draw);
            var execution = Execution.Of(format, file);
            read += execution.Signature.StartsWith("read", StringComparison.Ordinal) ? 1 : 0;
            if (execution.Fault is { } fault && findings.TryAdd(execution.Signature, $"{fault}\n{Convert.ToBase64String(file)}"))
                Keep($"{format.Name}-{findings.Count}", file);
            if (signatures.Add(execution.Signature) && execution.Fault is null && file.Length <= LongestKept
                && corpus.Count < MostKept)
            {
                corpus.Add(file);
            }

            if ((done + 1) % LogEvery == 0)
                Log();
        }

        Log();
        Assert.True(findings.Count == 0, string.Join("\n\n", findings.Values));
        // Both ends are reached, or it would prove nothing.
        Assert.InRange(read, 1, done - 1);
        Assert.True(signatures.Count > 8, $"Only {signatures.Count} outcomes were seen.");

        void Log()
        {
            if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
                return;
            File.WriteAllText(Path.Combine(folder, $"{format.Name}.log"), string.Create(
                CultureInfo.InvariantCulture,
                $"{format.Name}: {done} executions, {done / watch.Elapsed.TotalSeconds:F0} a second, {read} read, "
                + $"{signatures.Count} signatures, corpus of {corpus.Count} from {seeds} seeds, {findings.Count} findings\n"));
            File.WriteAllLines(
                Path.Combine(folder, $"{format.Name}.signatures"), signatures.Order(StringComparer.Ordinal), Encoding.UTF8);
        }
    }

    static long? Number(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? long.Parse(text, CultureInfo.InvariantCulture)
        : null;

    static void Keep(string name, byte[] file)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            File.WriteAllBytes(Path.Combine(folder, name), file);
    }
}

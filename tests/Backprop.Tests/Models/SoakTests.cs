using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Engine.Tests;
using Xunit;

namespace Backprop.Tests;

/// <summary>
/// A process that trains and predicts for long holds no more at its end than when it was warm. BACKPROP_SOAK_SECONDS sets how
/// long (12 by itself).
/// </summary>
public sealed partial class SoakTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Memory_handles_and_threads_stay_flat()
    {
        const int Samplings = 12, Warm = 4;
        const double Mega = 1 << 20;
        string seconds = Environment.GetEnvironmentVariable("BACKPROP_SOAK_SECONDS") ?? "12";
        string samples = Path.GetDirectoryName(Samples.PathOf("iris.csv"))!;
        string[] lines = await Probe.Run(["soak", samples, seconds, Samplings.ToString(CultureInfo.InvariantCulture)]);
        Assert.Equal(Samplings, lines.Length);
        long[][] held = [.. lines.Select(line => Number().Matches(line)
            .Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray())];
        string all = string.Join('\n', lines);

        // What the first third leaves: code is compiled, caches are filled. The later samplings are the same thing again.
        long[] warm = held[Warm - 1];
        foreach (long[] later in held[Warm..])
        {
            Assert.True(later[2] - warm[2] < 0.25 * Mega, all);
            Assert.True(later[3] - warm[3] < 32 * Mega, all);

            // A library of the framework that is loaded late takes two.
            Assert.True(later[4] <= warm[4] + 6, all);
            Assert.True(later[5] <= warm[5] + 2, all);
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}

using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>What only a process of its own can tell.</summary>
[Trait("Category", "Slow")]
public sealed class ProcessTests
{
    [Fact]
    public async Task Hashes_do_not_depend_on_what_the_runtime_may_use()
    {
        string[] expected = await Probe.Run("hashes");
        Assert.Equal(1 + 2 * SampleTraining.All.Length, expected.Length);
        Assert.Equal(expected.Length, expected.Select(line => line.Split(' ')[^1]).Distinct(StringComparer.Ordinal).Count());
        foreach (string setting in (string[])
            ["DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0", "DOTNET_TieredCompilation=0"])
        {
            string[] lines = await Probe.Run("hashes", setting);
            Assert.Equal(expected[1..], lines[1..]);

            // The settings do what they say: the child has narrower vectors, or none.
            if (Avx2.IsSupported && setting == "DOTNET_EnableAVX2=0")
                Assert.Equal("vectors 128", lines[0]);
            if (Sse2.IsSupported && setting == "DOTNET_EnableHWIntrinsic=0")
                Assert.Equal("vectors none", lines[0]);
        }
    }

    /// <summary>
    /// 1,000 warmed steps, counted over all threads, with one member and two, unobserved and observed. Without tiered
    /// compilation: replacing a method by its optimised form takes the runtime 24 bytes now and then, at a time of its own.
    /// </summary>
    [Fact]
    public async Task Steps_allocate_nothing()
    {
        string[] lines = await Probe.Run("allocations", "DOTNET_TieredCompilation=0");
        Assert.Equal(8 * 2 * 2 * 2, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(", bytes 0", line, StringComparison.Ordinal));
    }
}

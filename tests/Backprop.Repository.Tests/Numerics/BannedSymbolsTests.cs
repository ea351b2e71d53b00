using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>The list by which builds refuse mathematics that differs by machine.</summary>
public sealed class BannedSymbolsTests
{
    const string List = "src/BannedSymbols.txt";
    const string Update = "BACKPROP_UPDATE_BANNED=1 dotnet test tests/Backprop.Repository.Tests --filter BannedSymbols";

    [Fact]
    public void The_list_names_every_function_of_the_framework_that_the_numeric_contract_rules_out()
    {
        IReadOnlyCollection<string> required = BannedSymbols.Required();
        if (Environment.GetEnvironmentVariable("BACKPROP_UPDATE_BANNED") == "1")
            File.WriteAllText(Repository.PathOf(List), string.Join('\n', required) + "\n");

        IEnumerable<string> missing = required.Except(Repository.Read(List).Split('\n'), StringComparer.Ordinal);
        Assert.True(!missing.Any(), $"Not in {List}:\n{string.Join('\n', missing)}\nTo add them: {Update}");
    }

    [Theory]
    [InlineData("M:System.Math.Exp(System.Double)")]
    [InlineData("M:System.MathF.Tanh(System.Single)")]
    [InlineData("M:System.Double.Hypot(System.Double,System.Double)")]
    [InlineData("M:System.Single.MaxNative(System.Single,System.Single)")]
    [InlineData("M:System.Double.MultiplyAddEstimate(System.Double,System.Double,System.Double)")]
    [InlineData("M:System.Runtime.Intrinsics.Vector256.Exp(System.Runtime.Intrinsics.Vector256{System.Double})")]
    [InlineData(
        "M:System.Runtime.Intrinsics.Vector128.MinNative``1"
        + "(System.Runtime.Intrinsics.Vector128{``0},System.Runtime.Intrinsics.Vector128{``0})")]
    [InlineData("M:System.Numerics.IRootFunctions`1.Cbrt(`0)")]
    [InlineData("T:System.Numerics.Vector`1")]
    [InlineData("T:System.Random")]
    public void The_search_finds_what_is_known_to_differ(string symbol) =>
        Assert.Contains(BannedSymbols.Required(), line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void The_list_spares_what_is_exact() => Assert.DoesNotContain(
        BannedSymbols.Required(),
        line => line.Contains(".Sqrt(", StringComparison.Ordinal) || line.Contains("FusedMultiplyAdd", StringComparison.Ordinal)
            || line.Contains(".Floor(", StringComparison.Ordinal) || line.Contains(".Max(", StringComparison.Ordinal));
}

using System.Globalization;
using Xunit;
using static Backprop.Tests.Examined;

namespace Backprop.Tests;

/// <summary>Numbers that stand for missing ones, and such that do not though they are far from others.</summary>
public sealed class SentinelsTests
{
    [Theory]
    [InlineData("-999", "0.5", true)]
    [InlineData("-999.0", "0.5", true)]
    [InlineData("9999", "1200", true)]
    [InlineData("99", "30", true)]
    [InlineData("-3.4e38", "0.5", true)]
    [InlineData("-1", "20", true)]
    [InlineData("-1", "-0.5", false)]
    [InlineData("-9", "2", true)]
    [InlineData("1e20", "3", true)]
    [InlineData("1e20", "1e12", false)]
    [InlineData("1e14", "3", false)]
    [InlineData("99", "97", false)]
    [InlineData("-998", "0.5", false)]
    [InlineData("1000", "0.5", false)]
    public void Numbers_that_stand_for_missing_ones_are_found(string sentinel, string size, bool isFound)
    {
        double scale = double.Parse(size, CultureInfo.InvariantCulture);
        Table table = Made(
            "n,x,y",
            i => (i % 20 == 7 ? sentinel : FormattableString.Invariant($"{scale * (1 + Random(i)):F3}"))
                + $",{Noise(i + 300)},class{i % 2}");
        IReadOnlyList<DataWarning> warnings = Model.Examine(table, ["y"]);
        Assert.Equal(isFound ? [DataWarningKind.Sentinel] : [], warnings.Select(warning => warning.Kind));
        if (!isFound)
            return;
        Assert.Equal(("n", double.Parse(sentinel, CultureInfo.InvariantCulture)), (warnings[0].Column, warnings[0].Number));
        Assert.StartsWith("10 rows of column 'n' say ", warnings[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("--missing +", warnings[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 90_000, -1, true)]
    [InlineData(15_000, 90_000, -1, true)]
    [InlineData(1, 90_000, -1, false)]
    [InlineData(1, 5, -9, true)]
    [InlineData(0, 9, -9, true)]
    [InlineData(-8, 9, -9, false)]
    [InlineData(0, 40, -9, false)]
    [InlineData(1, 7, -1, true)]
    public void Whole_numbers_too(int least, int most, int sentinel, bool isFound)
    {
        // Income beside age, which has nothing to do with it.
        Table table = Made("n,age,y", i => FormattableString.Invariant(
            $"{(i % 20 == 7 ? sentinel : least + (int)((most - least + 1) * Random(i)))},{18 + i * 37 % 71},class{i % 2}"));
        IEnumerable<DataWarning> found = Model.Examine(table, ["y"]).Where(warning => warning.Kind == DataWarningKind.Sentinel);
        Assert.Equal(isFound ? ["n"] : [], found.Select(warning => warning.Column));
    }
}

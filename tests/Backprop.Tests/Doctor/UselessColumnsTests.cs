using Xunit;
using static Backprop.Tests.Examined;

namespace Backprop.Tests;

/// <summary>Columns that say the same in all rows.</summary>
public sealed class UselessColumnsTests
{
    [Fact]
    public void Constants_are_found_one_by_one_or_together()
    {
        DataWarning one = Only(Made("c,x,y", i => $"5,{Noise(i)},class{i % 2}"), "y", DataWarningKind.Constant);
        Assert.Equal("c", one.Column);
        Assert.Contains("--ignore c", one.Sentence, StringComparison.Ordinal);
        DataWarning many = Only(Made("a,b,c,d,x,y", i => $"5,k,,1,{Noise(i)},class{i % 2}"), "y", DataWarningKind.Constant);
        Assert.Equal(4, many.Number);
        Assert.Contains(
            "each has 1 value in all 160 training rows or is missing in every one; --ignore a,b,c,d",
            many.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_in_every_row_is_said_to_be()
    {
        DataWarning one = Only(Made("c,x,y", i => $",{Noise(i)},class{i % 2}"), "y", DataWarningKind.Constant);
        Assert.StartsWith(
            "Column 'c' is left out: it is missing in every training row; --ignore c", one.Sentence, StringComparison.Ordinal);
        DataWarning many = Only(Made("a,b,c,d,x,y", i => $",,,,{Noise(i)},class{i % 2}"), "y", DataWarningKind.Constant);
        Assert.StartsWith(
            "4 columns are left out: each is missing in every training row; --ignore a,b,c,d",
            many.Sentence,
            StringComparison.Ordinal);
    }

    /// <summary>
    /// An empty border of images that are written as a table is no mistake; the same among other columns is one.
    /// </summary>
    [Theory]
    [InlineData(36, 16, 0, true)]
    [InlineData(36, 255, 0, true)]
    [InlineData(36, 255, 255, true)]
    [InlineData(36, 255, 300, false)]
    [InlineData(36, 1, 0, false)]
    [InlineData(20, 16, 0, false)]
    public void Pixels_may_be_the_same_in_all_images(int pixels, int white, int border, bool isSilent)
    {
        var random = new Random(1);
        string names = string.Concat(Enumerable.Range(0, pixels).Select(k => $"p{k},"));
        Table table = Made(
            "border," + names + "y",
            i => $"{border}," + string.Concat(Enumerable.Range(0, pixels).Select(k => $"{random.Next(white + 1)},"))
                + $"class{i % 2}",
            1500);
        Assert.Equal(isSilent ? [] : ["border"], Model.Examine(table, ["y"]).Select(warning => warning.Column));
    }
}

using Xunit;
using static Backprop.Tests.Examined;

namespace Backprop.Tests;

/// <summary>Classes with few rows, in one sentence however many they are.</summary>
public sealed class RareClassesTests
{
    [Fact]
    public void A_class_with_few_rows_is_found()
    {
        DataWarning warning = Only(
            Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},{(i % 50 == 0 ? "rare" : $"class{i % 2}")}"),
            "y",
            DataWarningKind.RareClass);
        Assert.InRange(warning.Number, 2, 4);
        Assert.Contains("Class 'rare' of 'y'", warning.Sentence, StringComparison.Ordinal);
        Assert.Contains("--class-weights balanced", warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_classes_with_few_rows_are_one_sentence()
    {
        DataWarning some = Only(
            Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},{(i < 25 ? $"rare{i % 5}" : $"class{i % 2}")}"),
            "y",
            DataWarningKind.RareClass);
        Assert.Matches(
            "^5 of 7 classes of 'y' have fewer than 10 training rows, such as 'rare\\d' with 4, 'rare\\d' with 4 and 'rare\\d' "
            + "with 4 of 160 training rows, too few to learn them; add rows or take the classes out, or let them count more with "
            + "--class-weights balanced\\.$",
            some.Sentence);
        DataWarning all = Only(
            Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},class{i % 60}", 300), "y", DataWarningKind.RareClass);
        Assert.StartsWith(
            "60 of 60 classes of 'y' have fewer than 10 training rows, such as ", all.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("too few to learn them; add rows.", all.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 2, false)]
    [InlineData(8, 4, false)]
    [InlineData(21, 2, false)]
    [InlineData(100, 10, true)]
    public void Weights_are_advised_only_beside_frequent_classes(int rows, int each, bool isAdvised)
    {
        DataWarning warning = Only(
            Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},{(i % each == 0 ? "yes" : "no")}", rows),
            "y",
            DataWarningKind.RareClass);
        Assert.Equal(isAdvised, warning.Sentence.Contains("--class-weights", StringComparison.Ordinal));
        Table table = Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},{(i % each == 0 ? "yes" : "no")}", rows);
        Assert.DoesNotContain(
            "--class-weights",
            string.Concat(Model.Examine(table, ["y"], new TrainOptions { ClassWeights = "balanced" })
                .Select(said => said.Sentence)),
            StringComparison.Ordinal);
    }

    /// <summary>Classes that are called 1 to 5 and U are classes; a number with a word in it would be many.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(150, true)]
    public void Numbers_among_the_classes_are_labels_unless_they_are_many(int numbers, bool isWarned)
    {
        Table table = Made("x,z,y", i => $"{Noise(i)},{Noise(i + 900)},{(i % 9 == 0 ? "U" : $"{1 + i * 37 % numbers}")}", 600);
        Assert.Equal(isWarned, Model.Examine(table, ["y"]).Any(warning => warning.Kind == DataWarningKind.NumbersAsText));
        Assert.Contains(
            Model.Examine(
                Made("x,z,y", i => $"{(i % 9 == 0 ? "U" : $"{1 + i * 37 % 5}")},{Noise(i + 900)},class{i % 2}", 600), ["y"]),
            warning => warning is { Kind: DataWarningKind.NumbersAsText, Column: "x" });
    }
}

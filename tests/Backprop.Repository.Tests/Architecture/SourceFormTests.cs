using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>What keeps code easy to read wherever it stands.</summary>
public sealed class SourceFormTests
{
    const int LongestLine = 130;

    [Fact]
    public void No_line_is_longer_than_130_characters()
    {
        string[] files = [.. ((string[])["bench", "samples", "src", "tests", "tools"]).SelectMany(WrittenByHand)];
        Assert.NotEmpty(files);
        IEnumerable<string> found =
            from file in files
            from line in Repository.Read(file).Split('\n').Index()
            where line.Item.Length > LongestLine
            select $"{file}:{line.Index + 1} has {line.Item.Length} characters";
        Assert.Empty(found);
    }

    static IEnumerable<string> WrittenByHand(string folder) =>
        Repository.Files(folder, "*.cs").Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal));
}

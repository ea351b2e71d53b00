using Xunit;

namespace Backprop.Tests;

public class NearestNameTests
{
    static readonly string[] s_known = ["age", "income", "education", "education-num", "relu", "x"];

    [Theory]
    [InlineData("Age", "age")]
    [InlineData("incme", "income")]
    [InlineData("icnome", "income")]
    [InlineData("educaton", "education")]
    [InlineData("education_num", "education-num")]
    [InlineData("rleu", "relu")]
    [InlineData("target", null)]
    [InlineData("y", null)]
    [InlineData("", null)]
    public void Finds_what_was_probably_meant(string typed, string? nearest)
        => Assert.Equal(nearest, NearestName.Find(typed, s_known));

    [Fact]
    public void Lists_what_there_is_where_nothing_is_near()
    {
        Assert.Equal("; did you mean 'age'?", NearestName.Ending("aeg", s_known));
        Assert.Equal("; it has 'a', 'b'.", NearestName.Ending("target", ["a", "b"]));
        string[] many = [.. Enumerable.Range(0, 30).Select(i => $"n{i}")];
        Assert.EndsWith("'n19' and more.", NearestName.Ending("target", many), StringComparison.Ordinal);
    }
}

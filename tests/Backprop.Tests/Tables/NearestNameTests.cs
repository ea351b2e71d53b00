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

    [Theory]
    [InlineData("Age", "age", "; did you mean 'age'? Capital letters matter.")]
    [InlineData(
        "first name",
        "first\u00A0name",
        "; there is 'first\\u00A0name', which has a non-breaking blank where 'first name' has a blank.")]
    [InlineData(
        "first name", "first\nname", "; there is 'first\\u000Aname', which has a line break where 'first name' has a blank.")]
    [InlineData("price", "price ", "; there is 'price ', which has a blank where 'price' has its end.")]
    [InlineData("price", "\u200Bprice", "; there is '\\u200Bprice', which has a sign that is not shown where 'price' has 'p'.")]
    [InlineData("a b", "a\tb", "; there is 'a\\u0009b', which has a tab where 'a b' has a blank.")]
    [InlineData("first name", "first  name", "; there is 'first  name', which has a blank where 'first name' has 'n'.")]
    [InlineData(
        "Gr\u00F6\u00DFe",
        "Gro\u0308\u00DFe",
        "; there is 'Gro\u0308\u00DFe', whose letters are composed in another way (Unicode form).")]
    public void Says_what_differs_in_names_that_look_alike(string typed, string name, string ending)
        => Assert.Equal(ending, NearestName.Ending(typed, ["other", name]));

    [Fact]
    public void Lists_what_there_is_where_nothing_is_near()
    {
        Assert.Equal("; did you mean 'age'?", NearestName.Ending("aeg", s_known));
        Assert.Equal("; it has 'a', 'b'.", NearestName.Ending("target", ["a", "b"]));
        string[] many = [.. Enumerable.Range(0, 30).Select(i => $"n{i}")];
        Assert.EndsWith("'n19' and more.", NearestName.Ending("target", many), StringComparison.Ordinal);
    }
}

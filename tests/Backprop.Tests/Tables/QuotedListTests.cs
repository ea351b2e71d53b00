using Xunit;

namespace Backprop.Tests;

public class QuotedListTests
{
    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData(" a , b ", "a|b")]
    [InlineData("\"a, b\",c", "\"a, b\"|c")]
    [InlineData("\"a\"\", b\" ,c", "\"a\"\", b\"|c")]
    [InlineData("5\",6\"", "5\"|6\"")]
    [InlineData("\"a,b", "\"a|b")]
    [InlineData("a,,b", "a||b")]
    [InlineData("", "")]
    public void Parts_a_list_at_the_commas_outside_quotes(string text, string parts) =>
        Assert.Equal(parts.Split('|'), QuotedList.Split(text));

    [Theory]
    [InlineData("a=1", "a:1")]
    [InlineData("a=1,b=2", "a:1|b:2")]
    [InlineData("a, b=1,c=2", "a, b:1|c:2")]
    [InlineData("\"a, b\"=1, \"c=1\" = 2", "a, b:1|c=1:2")]
    [InlineData("\"a, b=1\"", "a, b:1")]
    [InlineData("a=b=1", "a=b:1")]
    [InlineData("a=1,b", "a:1|b:")]
    [InlineData("=1", "=1:")]
    [InlineData("a=x", "a=x:")]
    public void Reads_what_is_said_of_names(string text, string pairs) => Assert.Equal(
        pairs.Split('|'), QuotedList.Assignments(text, value => value is "1" or "2").Select(pair => $"{pair.Name}:{pair.Value}"));
}

using Xunit;

namespace Backprop.Tests;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("A plain sentence with 'größe' in it.", "A plain sentence with 'größe' in it.")]
    [InlineData("a\nb\r\nc\td\u001b[31m\0\u2028\u2029\u0085.", "a b  c d [31m    .")]
    public void What_breaks_a_line_becomes_a_space(string message, string expected)
    {
        Assert.Equal(expected, OneLine.Of(message));
        Assert.Equal(expected, new BackpropException(message).Message);
    }

    [Fact]
    public void A_long_message_keeps_its_beginning_and_its_end()
    {
        string message = $"The column '{new string('x', 1_000_000)}' is no number; correct it.";
        string line = OneLine.Of(message);
        Assert.InRange(line.Length, 1000, OneLine.Longest);
        Assert.StartsWith("The column 'xxx", line, StringComparison.Ordinal);
        Assert.EndsWith("xxx' is no number; correct it.", line, StringComparison.Ordinal);
        Assert.Equal(line, OneLine.Of(line));
    }
}

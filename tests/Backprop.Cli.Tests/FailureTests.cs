namespace Backprop.Cli.Tests;

public sealed class FailureTests
{
    [Fact]
    public void A_mistake_is_told_as_it_is()
    {
        Assert.Equal(("Wrong.", 2), Failure.Of(new BackpropException("Wrong.")));
        Assert.Equal(("Wrong.", 2), Failure.Of(new ArgumentException("Wrong.")));
        Assert.Equal(("Wrong.", 2), Failure.Of(new AggregateException(new BackpropException("Wrong."))));
        Assert.Equal(("Full.", 3), Failure.Of(new IOException("Full.")));
    }

    [Fact]
    public void A_bug_is_one_line_that_says_so()
    {
        foreach (Exception bug in new Exception[]
        {
            new KeyNotFoundException("Nothing\nthere."), new ArgumentOutOfRangeException("rows"),
            new InvalidOperationException("No."),
            new AggregateException(new ArgumentNullException("rows")),
        })
        {
            (string sentence, int code) = Failure.Of(bug);
            Assert.Equal(3, code);
            Assert.StartsWith("This is a bug in Backprop", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', sentence);
        }
    }
}

using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>What the other properties stand on: what is drawn keeps away from every kink.</summary>
public sealed class DrawnTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_draw_keeps_its_distance_from_every_kink_and_none_is_left_out()
    {
        int kinked = 0, all = 0;
        Cases.Prove(new Wish(), 500, output, (drawn, closeness) =>
        {
            Assert.True(drawn.Distance() >= Drawn.Margin, $"{drawn.Shape}: {drawn.Distance()}");
            all++;
            kinked += drawn.HasKinks ? 1 : 0;
        });
        Assert.True(2 * kinked > all, $"Only {kinked} of {all} networks have kinks.");
    }
}

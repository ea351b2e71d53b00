using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class LossUnitsTests
{
    [Fact]
    public void Of_all_losses_those_that_are_squares_and_no_others_are_an_RMSE()
    {
        const double Mean = 7;
        var target = new NumberTarget(["y"], [5], [3]);
        foreach (Loss loss in Loss.All)
        {
            double factor = loss.Kind == LossKind.Plain ? loss.Value(1, 0) : double.NaN;
            bool isSquare = loss.Kind == LossKind.Plain
                && new[] { -3, -0.5, 0.25, 40 }.All(d => loss.Value(2 + d, 2) == factor * d * d);
            Assert.Equal(isSquare ? 3 * Math.Sqrt(Mean / factor) : double.NaN, LossUnits.Rmse(target, loss, Mean), 1e-12);
        }
    }

    [Fact]
    public void Classes_and_several_targets_have_none()
    {
        Assert.Equal(double.NaN, LossUnits.Rmse(NumberTarget.Plain(["y", "z"]), Loss.Squared, 1));
        Assert.Equal(double.NaN, LossUnits.Rmse(ClassTarget.Fit("y", [0, 1], ["a", "b"]), Loss.Squared, 1));
    }
}

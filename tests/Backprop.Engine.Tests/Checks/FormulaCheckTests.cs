using Xunit;

namespace Backprop.Engine.Tests;

public sealed class FormulaCheckTests
{
    public static TheoryData<string> Activations =>
        [.. Activation.All.Select(activation => activation.Name), "elu:alpha=0.4", "leaky-relu:slope=0.3"];

    public static TheoryData<string> Losses =>
    [
        .. Loss.All.Select(loss => loss.Name), "huber:delta=0.3", "quantile:q=0.9", "softmax-cross-entropy:smoothing=0.1",
        "logistic-cross-entropy:smoothing=0.2",
    ];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Built_in_activations_have_the_derivative_they_state(string name)
    {
        FormulaCheckResult result = GradientCheck.Run(Activation.Parse(name));
        Assert.True(result.Passed, result.ToString());
        Assert.InRange(result.Checked, 540, 550);
        Assert.False(result.NeedsInput);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Built_in_losses_have_the_derivative_they_state(string name)
    {
        FormulaCheckResult result = GradientCheck.Run(Loss.Parse(name), 1e-10);
        Assert.True(result.Passed, result.ToString());
        Assert.InRange(result.Checked, 100, 2000);
        Assert.NotNull(result.Target);
    }

    [Theory]
    [InlineData("relu", 1)]
    [InlineData("leaky-relu", 1)]
    [InlineData("hard-tanh", 2)]
    [InlineData("tanh", 0)]
    [InlineData("gelu", 0)]
    public void Exactly_the_inputs_at_a_kink_are_left_out(string name, int kinks) =>
        Assert.Equal(kinks, GradientCheck.Run(Activation.Parse(name)).LeftOut);

    [Theory]
    [InlineData("absolute", 7)]
    [InlineData("quantile:q=0.2", 7)]
    [InlineData("squared", 0)]
    public void Exactly_the_outputs_at_a_losses_kink_are_left_out(string name, int kinks) =>
        Assert.Equal(kinks, GradientCheck.Run(Loss.Parse(name)).LeftOut);

    [Fact]
    public void A_right_derivative_of_ones_own_passes()
    {
        Assert.True(GradientCheck.Run(Activation.Of(new OwnActivation(OwnMistake.None))).Passed);
        Assert.True(GradientCheck.Run(Loss.Plain(new OwnLoss(OwnMistake.None))).Passed);
    }

    [Theory]
    [InlineData(OwnMistake.Factor, 0.001 / 1.001)]
    [InlineData(OwnMistake.Sign, 1)]
    [InlineData(OwnMistake.Zero, 1)]
    [InlineData(OwnMistake.NotANumber, double.PositiveInfinity)]
    public void A_wrong_derivative_is_caught_and_its_error_measured(object mistake, double error)
    {
        FormulaCheckResult result = GradientCheck.Run(Activation.Of(new OwnActivation((OwnMistake)mistake)));
        Assert.False(result.Passed);
        Assert.False(result.NeedsInput);
        Assert.InRange(result.Error, error * (1 - 1e-9), 2 * error);
        Assert.Contains("the derivative is wrong: worst error", result.ToString(), StringComparison.Ordinal);
        if ((OwnMistake)mistake == OwnMistake.NotANumber)
            Assert.InRange(result.Input, 1.5, 1.54);
    }

    [Fact]
    public void An_activation_that_wrongly_says_x_is_enough_is_told_so()
    {
        var own = Activation.Of(new OwnActivation(OwnMistake.SaysThatXIsEnough));
        FormulaCheckResult result = GradientCheck.Run(own);
        Assert.False(result.Passed);
        Assert.True(result.NeedsInput);
        Assert.EndsWith(
            "it is right if given u, so DerivativeNeedsInput must be true", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OwnMistake.Factor, 0.5)]
    [InlineData(OwnMistake.Sign, 2)]
    public void A_wrong_derivative_of_a_loss_is_caught(object mistake, double error)
    {
        FormulaCheckResult result = GradientCheck.Run(Loss.Plain(new OwnLoss((OwnMistake)mistake)));
        Assert.False(result.Passed);
        Assert.Equal(error, result.Error, 1e-9);
        Assert.NotNull(result.Target);
        Assert.Equal(result.Analytic, Loss.Plain(new OwnLoss((OwnMistake)mistake)).Derivative(result.Input, result.Target.Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Refuses_a_tolerance_that_means_nothing(double tolerance)
    {
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(Activation.Tanh, tolerance));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(Loss.Squared, tolerance));
    }
}

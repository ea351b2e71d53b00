using Xunit;

namespace Backprop.Engine.Tests;

public sealed class UpdateOptionsTests
{
    [Fact]
    public void Default_is_Adam_at_a_thousandth_without_anything_else()
    {
        UpdateOptions options = default(UpdateOptions).Resolved;
        options.Validate();
        Assert.Equal("adam:beta1=0.9,beta2=0.999,epsilon=1E-08", options.Optimizer.Name);
        Assert.Equal(0.001, options.LearningRate);
        Assert.Equal(0, options.WeightDecay);
        Assert.Equal(Schedule.Constant, options.Schedule);
        Assert.Equal("none", options.Clip.Name);
    }

    [Fact]
    public void Refuses_numbers_outside_their_ranges()
    {
        foreach (double bad in (double[])[0, -1, double.NaN, double.PositiveInfinity])
            Refuses(new() { LearningRate = bad }, "learning rate");
        foreach (double bad in (double[])[-1, double.NaN, double.PositiveInfinity])
        {
            Refuses(new() { L1 = bad }, "L1 penalty");
            Refuses(new() { L2 = bad }, "L2 penalty");
            Refuses(new() { WeightDecay = bad }, "weight decay");
        }

        Refuses(new() { LearningRate = 0.5, WeightDecay = 2 }, "turn the weights' signs");
        Refuses(new() { Optimizer = Optimizer.Rprop(), Schedule = Schedule.Parse("cosine") }, "rprop");

        static void Refuses(UpdateOptions options, string said) =>
            Assert.Contains(said, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_optimizers_read_back_as_the_same()
    {
        foreach (Optimizer optimizer in Optimizer.All)
            Assert.Equal(optimizer, Optimizer.Parse(optimizer.Name));

        Assert.Equal(Optimizer.Adam(beta2: 0.95), Optimizer.Parse("adam:beta2=0.95"));
        Assert.NotEqual(Optimizer.Adam(), Optimizer.AdamW());
        Assert.Same(Optimizer.GradientDescent, Optimizer.Parse("sgd"));
        Assert.Equal(Optimizer.Rprop(), Assert.Single(Optimizer.All, optimizer => optimizer.NeedsFullBatch));
    }

    [Theory]
    [InlineData(
        "adm",
        "did you mean adam? Known are gradient-descent, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, lion, rprop")]
    [InlineData("adam:beta2=1", "beta2")]
    [InlineData("adam:epsilon=0", "epsilon")]
    [InlineData("adam:momentum=0.5", "no parameter 'momentum'")]
    [InlineData("rprop:smallest=2,largest=1", "largest")]
    [InlineData("gradient-descent:momentum=0.5", "no parameters")]
    public void Refuses_optimizers_that_mean_nothing(string text, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => Optimizer.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("norm=1", 1.0, null)]
    [InlineData(" value = 0.5 ", null, 0.5)]
    [InlineData("none", null, null)]
    public void Reads_clips_and_writes_them_back(string text, double? norm, double? value)
    {
        Clip clip = Clip.Parse(text);
        Assert.Equal((norm, value), (clip.Norm, clip.Value));
        Assert.Equal(clip, Clip.Parse(clip.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("norm")]
    [InlineData("norm=0")]
    [InlineData("norm=-1")]
    [InlineData("norm=NaN")]
    [InlineData("norm=1,value=1")]
    [InlineData("length=1")]
    public void Refuses_clips_that_mean_nothing(string text) => Assert.Throws<ArgumentException>(() => Clip.Parse(text));
}

using Xunit;

namespace Backprop.Engine.Tests;

public sealed class UpdateRuleTests
{
    public static TheoryData<string> Names => [.. Optimizer.All.Select(optimizer => optimizer.Named.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_hundred_steps_follow_the_formula_of_the_paper(string name)
    {
        const int Steps = 200;
        Optimizer optimizer = Optimizer.Parse(name);
        var run = new UpdateRun<double>(new UpdateOptions { Optimizer = optimizer });
        double[] start = UpdateRun<double>.Numbers(run.Parameters);
        bool[] weights = UpdateRun<double>.AreWeights();
        var paths = new double[start.Length][];
        var roundings = new double[start.Length];
        for (int i = 0; i < start.Length; i++)
        {
            // Biases do not decay, so theirs is plain Adam.
            string rule = name == "adamw" && !weights[i] ? "adam" : name;
            int index = i;
            paths[i] = PaperRules.Run(
                rule, start[i], optimizer.DefaultLearningRate, Steps, t => UpdateRun<double>.MadeUp(index, t - 1));

            // A few roundings per step, of numbers as large as the path's largest.
            roundings[i] = 4 * paths[i].Append(1).Max(Math.Abs) * Math.ScaleB(1, -53);
        }

        for (int step = 0; step < Steps; step++)
        {
            run.Steps(1);
            double[] now = UpdateRun<double>.Numbers(run.Parameters);
            for (int i = 0; i < now.Length; i++)
            {
                if (!(Math.Abs(now[i] - paths[i][step]) <= (step + 1) * roundings[i]))
                    Assert.Fail($"Parameter {i} after step {step + 1}: {now[i]:R} instead of {paths[i][step]:R}.");
            }
        }
    }

    [Theory]
    [InlineData("gradient-descent", new[] { 1.0, 2, -1 }, new[] { 0.5, -0.5, 0 })]
    [InlineData("momentum:momentum=0.5", new[] { 1.0, 2, -1 }, new[] { 0.5, -0.75, -0.875 })]
    [InlineData("nesterov:momentum=0.5", new[] { 1.0, 2, -1 }, new[] { 0.25, -1.375, -0.9375 })]
    [InlineData("adagrad:epsilon=1", new[] { 3.0, 4, 12 }, new[] { 0.625, 0.625 - 2 / 6.0, 0.625 - 2 / 6.0 - 6 / 14.0 })]
    [InlineData("rmsprop:decay=0.75,epsilon=1", new[] { 2.0, 0, 4 }, new[] { 0.5, 0.5, 0.5 - 2 / 3.1360009363293826 })]
    [InlineData("lion:beta1=0.5,beta2=0.5", new[] { 1.0, -0.25, -3, 0 }, new[] { 0.5, 0, 0.5, 1 })]
    [InlineData("rprop", new[] { 1.0, 3, -1, -1, -2, 0 }, new[] { 0.5, -0.1, -0.1, 0.2, 0.56, 0.56 })]
    public void A_few_steps_worked_by_hand(string name, double[] gradients, double[] expected)
    {
        double[] path = Path(new UpdateOptions { Optimizer = Optimizer.Parse(name), LearningRate = 0.5 }, 1, gradients);
        for (int t = 0; t < path.Length; t++)
            Assert.Equal(expected[t], path[t], 1e-15);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(-250)]
    public void First_step_of_Adam_is_the_learning_rate_whatever_the_gradient(double gradient)
    {
        double[] path = Path(new UpdateOptions { Optimizer = Optimizer.Adam(epsilon: 1e-30), LearningRate = 0.5 }, 1, [gradient]);
        Assert.Equal(1 - 0.5 * Math.Sign(gradient), path[0], 1e-15);
    }

    [Fact]
    public void Rprop_keeps_its_step_sizes_within_their_limits()
    {
        var options = new UpdateOptions
        {
            Optimizer = Optimizer.Rprop(grow: 2, shrink: 0.25, smallest: 0.5, largest: 2),
            LearningRate = 1,
        };
        Assert.Equal([-1, -3, -5, -7], Path(options, 0, [1, 1, 1, 1]));
        Assert.Equal([-1, -1, -0.5, -0.5, -1], Path(options, 0, [1, -1, -1, 1, 1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_that_is_not_a_number_shows_in_the_parameter(string name) =>
        Assert.Equal(double.NaN, Path(new UpdateOptions { Optimizer = Optimizer.Parse(name) }, 1, [double.NaN])[0]);

    /// <summary>The path of one bias (no penalty, no decay) from a start, under given gradients.</summary>
    static double[] Path(UpdateOptions options, double start, double[] gradients)
    {
        var run = new UpdateRun<double>(options);
        run.Parameters.Biases[3]![0, 0] = start;
        var path = new double[gradients.Length];
        for (int t = 0; t < gradients.Length; t++)
        {
            run.Gradients.Biases[3]![0, 0] = gradients[t];
            run.Step();
            path[t] = run.Parameters.Biases[3]![0, 0];
        }

        return path;
    }
}

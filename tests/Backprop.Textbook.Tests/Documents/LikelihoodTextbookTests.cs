using System.Numerics;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>The system of "likelihood" derives rightly and climbs as the engine descends, with every f and g.</summary>
public sealed class LikelihoodTextbookTests
{
    public static TheoryData<string, LikelihoodOutput> All { get; } = new()
    {
        { "logistic", LikelihoodOutput.Softmax },
        { "logistic", LikelihoodOutput.Logistic },
        { "logistic", LikelihoodOutput.Linear },
        { "tanh", LikelihoodOutput.Softmax },
        { "tanh", LikelihoodOutput.Logistic },
        { "tanh", LikelihoodOutput.Linear },
        { "relu", LikelihoodOutput.Softmax },
        { "relu", LikelihoodOutput.Logistic },
        { "relu", LikelihoodOutput.Linear },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Its_derivatives_agree_with_differences_and_with_the_engines(string f, LikelihoodOutput g)
    {
        LikelihoodCase c = LikelihoodCase.Of(Function.All.Single(each => each.Name == f), g);
        LikelihoodGradient gradient = c.Textbook().Gradient(c.AllX, c.AllT);
        Close.Holds(c.DifferencesW(), gradient.W, "∂Ln/∂W", Differences.Tolerance, 10);
        Close.Holds(c.DifferencesB(), gradient.B, "∂Ln/∂b", Differences.Tolerance, 10);
        Close.Holds(c.DifferencesV(), gradient.V, "∂Ln/∂V", Differences.Tolerance, 10);
        Close.Holds(c.DifferencesC(), gradient.C, "∂Ln/∂c", Differences.Tolerance, 10);
        Close.Holds(Algebra.Scale(-1, c.Engine.dW(1)), gradient.W, "∂Ln/∂W of the engine");
        Close.Holds(Algebra.Scale(-1, c.Engine.db(1)), Numbers.Row(gradient.B), "∂Ln/∂b of the engine");
        Close.Holds(Algebra.Scale(-1, c.Engine.dW(2)), gradient.V, "∂Ln/∂V of the engine");
        Close.Holds(Algebra.Scale(-1, c.Engine.db(2)), Numbers.Row(gradient.C), "∂Ln/∂c of the engine");
        Close.Holds(-c.Engine.Flow.BatchLoss, c.Textbook().Ln(c.AllX, c.AllT), "Ln");
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("tanh")]
    public void Its_derivatives_agree_with_complex_steps(string f)
    {
        LikelihoodCase c = LikelihoodCase.Of(Function.All.Single(each => each.Name == f));
        LikelihoodGradient gradient = c.Textbook().Gradient(c.AllX, c.AllT);
        (double[][,] weights, double[][] biases) = ComplexStep.Gradient(
            [c.W, c.V], [c.B, c.C], c.Engine.Functions, c.AllX,
            outputs => outputs.Select((a, n) =>
            {
                Complex sum = a.Aggregate(Complex.Zero, (s, each) => s + Complex.Exp(each));
                return a.Select((each, k) => c.T(n, k) * (each - Complex.Log(sum))).Aggregate((s, each) => s + each);
            }).Aggregate((s, each) => s + each));
        Close.Holds(weights[0], gradient.W, "∂Ln/∂W");
        Close.Holds(biases[0], gradient.B, "∂Ln/∂b");
        Close.Holds(weights[1], gradient.V, "∂Ln/∂V");
        Close.Holds(biases[1], gradient.C, "∂Ln/∂c");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_hundred_steps_upwards_and_the_engines_downwards_lead_to_the_same_numbers(string f, LikelihoodOutput g)
    {
        LikelihoodCase c = LikelihoodCase.Of(Function.All.Single(each => each.Name == f), g);
        Likelihood textbook = c.Textbook();
        double start = textbook.Ln(c.AllX, c.AllT);
        double end = textbook.Train(c.AllX, c.AllT, 0.02, 100);
        var trained = c.Engine.AfterTraining(0.02, 100);
        Close.Holds(EngineCase.Plain(trained.Weights[0]), textbook.W, "W", 1e-10);
        Close.Holds(EngineCase.Plain(trained.Biases[0]!), Numbers.Row(textbook.B), "b", 1e-10);
        Close.Holds(EngineCase.Plain(trained.Weights[1]), textbook.V, "V", 1e-10);
        Close.Holds(EngineCase.Plain(trained.Biases[1]!), Numbers.Row(textbook.C), "c", 1e-10);
        Assert.True(end > start + 0.1, $"Ln went from {start} to {end} only");
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Likelihood(
            new double[2, 3], [1, 1], new double[3, 2], [0, 0], Function.Tanh, LikelihoodOutput.Softmax));
        LikelihoodCase c = LikelihoodCase.Of(Function.Tanh);
        Assert.Throws<ArgumentException>(() => c.Textbook().Ln(c.AllX, new double[4, 3]));
        Assert.Throws<ArgumentException>(() => c.Textbook().Gradient(c.AllX, new double[5, 2]));
    }
}

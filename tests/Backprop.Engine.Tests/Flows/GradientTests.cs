using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Every gradient against central differences of the loss, in double.</summary>
public sealed class GradientTests
{
    public static TheoryData<string, string> PlainPairs() => Pairs(Loss.All.Where(loss => loss.Kind == LossKind.Plain));

    public static TheoryData<string, string> JointPairs() => Pairs(
        [
            .. Loss.All.Where(loss => loss.Kind != LossKind.Plain), Loss.SoftmaxCrossEntropy(0.1),
            Loss.LogisticCrossEntropy(0.1),
        ]);

    /// <summary>The activation in the output too, and in two layers below it.</summary>
    [Theory]
    [MemberData(nameof(PlainPairs))]
    public void Plain_loss_of_any_activation(string activationName, string lossName)
    {
        var activation = Activation.Parse(activationName);
        GradientCase.AwayFromKinks(
            seed => new GradientCase(
                new Network(3, [new Dense(4, activation), new Dense(3, activation), new Dense(2, activation)]),
                Loss.Parse(lossName), 5, seed, Reduction.Mean, weighted: true),
            1).CheckDifferences();
    }

    /// <summary>Several outputs (many labels), targets between 0 and 1 (soft ones).</summary>
    [Theory]
    [MemberData(nameof(JointPairs))]
    public void Joint_loss_over_any_activation(string activationName, string lossName)
    {
        var activation = Activation.Parse(activationName);
        var loss = Loss.Parse(lossName);
        GradientCase.AwayFromKinks(
            seed => new GradientCase(
                DenseNetworks.Of(
                    3, [new Dense(5, activation), new Dense(4, activation), new Dense(3, loss.Link ?? Activation.Linear)],
                    loss.Kind == LossKind.Softmax),
                loss, 5, seed, Reduction.Sum, weighted: true),
            100).CheckDifferences();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(0, 3)]
    public void Class_targets(double smoothing, int depth)
    {
        Layer[] hidden = [.. Enumerable.Range(1, depth - 1).Select(k => new Dense(3 + k, Activation.Tanh))];
        var network = new Network(4, [.. hidden, new Dense(19, Activation.Linear), new Softmax()]);
        var made = new GradientCase(network, Loss.SoftmaxCrossEntropy(smoothing), 9, 5, weighted: true, classes: true);
        made.CheckDifferences();
        Assert.NotNull(made.Classes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void Any_depth(int depth)
    {
        Layer[] layers = [.. Enumerable.Range(0, depth).Select(k => new Dense(2 + k % 3, Activation.Tanh, bias: k % 2 == 0))];
        new GradientCase(new Network(3, layers), Loss.HalfSquared, 4, 21, Reduction.Sum).CheckDifferences();
    }

    [Theory]
    [MemberData(nameof(PlainNames))]
    public void Softmax_behind_a_plain_loss(string lossName) => GradientCase.AwayFromKinks(
        seed => new GradientCase(
            new Network(3, [new Dense(4, Activation.Silu), new Dense(5, Activation.Linear), new Softmax()]),
            Loss.Parse(lossName), 6, seed, weighted: true),
        300).CheckDifferences();

    public static TheoryData<string> PlainNames =>
        [.. Loss.All.Where(loss => loss.Kind == LossKind.Plain).Select(loss => loss.Name)];

    [Fact]
    public void An_activation_for_each_neuron()
    {
        ActivationRun[] all = [.. Activation.All.Select((activation, i) => new ActivationRun(activation, 1 + i % 3))];
        ActivationRun[] last = [new(Activation.Tanh, 1), new(Activation.Gelu, 2), new(Activation.Linear, 1)];
        GradientCase.AwayFromKinks(
            seed => new GradientCase(
                new Network(3, [new Dense(all), new Dense([.. all.Reverse()], bias: false), new Dense(last)]),
                Loss.Squared, 4, seed),
            400).CheckDifferences();
    }

    [Fact]
    public void Without_biases()
    {
        var network = new Network(
            3, [new Dense(4, Activation.Mish, bias: false), new Dense(2, Activation.Linear, bias: false)]);
        var made = new GradientCase(network, Loss.Squared, 5, 31);
        made.CheckDifferences();
        Assert.All(made.Gradient.Biases, Assert.Null);
    }

    /// <summary>
    /// Random networks against the derivation by hand: both are a few hundred roundings of 10⁻¹⁶ away from the truth,
    /// relative to the sum of the absolute terms.
    /// </summary>
    [Fact]
    public void Equals_a_derivation_by_hand_on_random_networks()
    {
        const double Bound = 1e-13;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            int depth = 1 + Below(4, 0);
            var layers = new List<Layer>();
            for (int k = 0; k < depth; k++)
            {
                ActivationRun[] runs =
                    [.. Enumerable.Range(0, 1 + Below(3, 10 + k)).Select(i =>
                        new ActivationRun(
                            Activation.All[Below(Activation.All.Length, 100 + 10 * k + i)], 1 + Below(7, 200 + 10 * k + i)))];
                layers.Add(new Dense(runs, bias: Below(4, 300 + k) > 0));
            }

            Loss loss = Loss.All[Below(Loss.All.Length, 1)];
            bool softmax = loss.Kind == LossKind.Softmax || (loss.Kind == LossKind.Plain && Below(3, 2) == 0);
            if (softmax || loss.Kind == LossKind.Joint)
                layers[^1] = new Dense(1 + Below(20, 3), softmax ? Activation.Linear : loss.Link!, bias: Below(2, 4) == 0);

            Network network = DenseNetworks.Of(1 + Below(8, 5), layers, softmax);
            var made = new GradientCase(
                network, loss, 1 + Below(20, 6), seed, Below(2, 7) == 0 ? Reduction.Mean : Reduction.Sum, Below(2, 8) == 0,
                classes: loss.Kind == LossKind.Softmax && Below(2, 9) == 0);
            (double e, double[][] gradients, double[][] inputErrors, double[] magnitudes, double inputMagnitude) =
                PlainNetwork.Run(
                    made.Parameters, GradientCase.Rows(made.Inputs), GradientCase.Rows(made.Targets), made.Weights, loss,
                    made.Reduction);
            Assert.Equal(e, made.Value, 1e-12 * Math.Max(1, Math.Abs(e)));
            int t = 0;
            foreach (Matrix<double> gradient in Sample.Matrices(made.Gradient))
            {
                GradientCase.AssertClose(
                    GradientCase.Flat(gradient), gradients[t], Bound * magnitudes[t],
                    $"seed {seed}, tensor {t} of {network} under {loss}");
                t++;
            }

            double[] flat = [.. inputErrors.SelectMany(row => row)];
            GradientCase.AssertClose(
                GradientCase.Flat(made.Workspace.InputErrors!), flat, Bound * inputMagnitude,
                $"seed {seed}, ∂e/∂X⁰ of {network}");

            int Below(int bound, int index) => CounterRandom.Below(bound, seed, RandomPurpose.Other, 9, (ulong)index);
        }
    }

    static TheoryData<string, string> Pairs(IEnumerable<Loss> losses)
    {
        var pairs = new TheoryData<string, string>();
        foreach (Loss loss in losses)
        {
            foreach (Activation activation in Activation.All)
                pairs.Add(activation.Name, loss.Name);
        }

        return pairs;
    }
}

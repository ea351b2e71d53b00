using Xunit;

namespace Backprop.Engine.Tests;

public sealed class GradientCheckTests
{
    /// <summary>What the differences come to in double precision, with room; the default tolerance is 1e-7.</summary>
    const double Tight = 1e-8;

    static readonly GradientCheckOptions s_all = new() { Samples = 0, Tolerance = Tight };

    public static TheoryData<string> Losses => [.. Loss.All.Select(loss => loss.Name)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Every_activation_agrees_under_every_loss(string name)
    {
        var loss = Loss.Parse(name);
        foreach (Activation activation in Activation.All)
        {
            Network network = NetworkOf(loss, activation);
            Parameters<double> parameters = Halved(network, 1);
            GradientCheckResult result = GradientCheck.Run(parameters, Rows(network, 20), loss, options: s_all);
            Assert.True(result.Passed, $"{loss} {activation}: {result}");
            Assert.Equal(20 * 5 + network.ParameterCount, result.Checked + result.LeftOut + result.Unresolved);
            Assert.InRange(result.LeftOut + result.Unresolved, 0, result.Checked / 10);
        }
    }

    [Theory]
    [InlineData(Reduction.Mean, false)]
    [InlineData(Reduction.Mean, true)]
    [InlineData(Reduction.Sum, true)]
    public void Weights_of_rows_sums_and_means_and_activations_per_neuron_count(Reduction reduction, bool bias)
    {
        var network = new Network(
            5,
            [
                new Dense(
                    [
                        new ActivationRun(Activation.Tanh, 2), new ActivationRun(Activation.Relu, 3),
                        new ActivationRun(Activation.Sine, 1),
                    ],
                    bias),
                new Dense([new ActivationRun(Activation.Linear, 1), new ActivationRun(Activation.Gelu, 2)], bias),
            ]);
        GradientCheckResult result = GradientCheck.Run(
            Halved(network, 3), Rows(network, 20), Loss.HalfSquared, reduction, s_all);
        Assert.True(result.Passed, result.ToString());
        Assert.Equal(bias ? 5 : 3, result.Groups.Length);
        Assert.Equal(
            bias ? ["Inputs 0", "Weights 0", "Biases 0", "Weights 1", "Biases 1"] : ["Inputs 0", "Weights 0", "Weights 1"],
            result.Groups.Select(group => $"{group.Tensor} {group.Layer}"));
    }

    [Fact]
    public void Softmax_agrees_with_classes_shares_smoothing_and_a_plain_loss()
    {
        var network = new Network(5, [new Dense(6, Activation.Tanh), new Dense(4, Activation.Linear), new Softmax()]);
        Parameters<double> parameters = Halved(network, 5);
        Matrix<double> inputs = Sample.Matrix<double>(15, 5, 6);
        var classes = new Examples<double>(inputs, Sample.Classes(15, 4, 7), Sample.Weights(15, 8));
        var shares = new Examples<double>(inputs, Sample.Matrix<double>(15, 4, 9, 0.5, 0.5));
        foreach (Examples<double> rows in new[] { classes, shares })
        {
            foreach (double smoothing in new[] { 0, 0.1 })
                Agrees(rows, Loss.SoftmaxCrossEntropy(smoothing));
        }

        Agrees(shares, Loss.Squared);

        void Agrees(Examples<double> rows, Loss loss)
        {
            GradientCheckResult result = GradientCheck.Run(parameters, rows, loss, Reduction.Mean, s_all);
            Assert.True(result.Passed, $"{loss}: {result}");
            Assert.Equal(15 * 5 + network.ParameterCount, result.Checked);
        }
    }

    /// <summary>p − t of a sure network, and x − t of one that fits, is the rounding of 1 − 1 and no error.</summary>
    [Fact]
    public void A_network_that_fits_its_rows_exactly_agrees()
    {
        var sure = new Network(3, [new Dense(3, Activation.Linear), new Softmax()]);
        var inputs = new Matrix<double>(3, 3);
        for (int i = 0; i < 3; i++)
            inputs[i, i] = 1;
        foreach (double weight in new[] { 10, 20, 30, 40 })
            Agrees(sure, weight, new Examples<double>(inputs, [0, 1, 2]), Loss.SoftmaxCrossEntropy());

        // 0.1·3 is not 0.3 but its neighbour.
        var fits = new Network(3, [new Dense(3, Activation.Linear)]);
        var targets = new Matrix<double>(3, 3);
        for (int i = 0; i < 3; i++)
            (targets[i, i], inputs[i, i]) = (0.3, 3);
        Agrees(fits, 0.1, new Examples<double>(inputs, targets), Loss.Squared);

        void Agrees(Network network, double weight, Examples<double> rows, Loss loss)
        {
            var parameters = new Parameters<double>(network);
            for (int i = 0; i < 3; i++)
                parameters.Weights[0][i, i] = weight;
            GradientCheckResult result = GradientCheck.Run(parameters, rows, loss, Reduction.Mean, s_all);
            Assert.True(result.Passed, $"{loss} {weight}: {result}");
        }
    }

    /// <summary>1 − p = 2·10⁻⁹: far below the rounding of ℓ's terms over any step, yet a wrong delta would be seen.</summary>
    [Fact]
    public void Small_deltas_of_a_sure_network_are_resolved()
    {
        var network = new Network(1, [new Dense(2, Activation.Linear, bias: false), new Softmax()]);
        var parameters = new Parameters<double>(network);
        parameters.Weights[0][0, 0] = 20;
        GradientCheckResult result = GradientCheck.Run(
            parameters, new Examples<double>(Matrix<double>.From(new[,] { { 1.0 } }), [0]), Loss.SoftmaxCrossEntropy());
        GradientDifference worst = result.Groups[1].Worst!.Value;
        Assert.Equal(2.06e-9, Math.Abs(worst.Difference), 1e-11);
        Assert.Equal(worst.Analytic, worst.Difference, 1e-15);
    }

    [Theory]
    [InlineData(OwnMistake.Factor)]
    [InlineData(OwnMistake.Sign)]
    [InlineData(OwnMistake.Zero)]
    [InlineData(OwnMistake.NotANumber)]
    [InlineData(OwnMistake.SaysThatXIsEnough)]
    public void A_wrong_derivative_at_one_neuron_is_caught_in_what_flows_through_it_and_located(object mistake)
    {
        var network = new Network(
            4,
            [
                new Dense(5, Activation.Tanh),
                new Dense(
                [
                    new ActivationRun(Activation.Silu, 3),
                    new ActivationRun(Activation.Of(new OwnActivation((OwnMistake)mistake)), 1),
                    new ActivationRun(Activation.Silu, 2),
                ]),
                new Dense(2, Activation.Linear),
            ]);
        Parameters<double> parameters = Halved(network, 11);
        for (int i = 0; i < 5; i++)
            parameters.Weights[1][i, 3] += 2; // u beyond 1.5 in some rows
        GradientCheckResult result = GradientCheck.Run(parameters, Rows(network, 20), Loss.Squared, Reduction.Mean, s_all);
        Assert.False(result.Passed);
        bool[] passed = [.. result.Groups.Select(group => group.Passed)];
        Assert.Equal([false, false, false, false, false, true, true], passed);
        foreach (GradientGroup group in result.Groups.Where(group => group.Layer == 1))
            Assert.Equal(3, group.Worst!.Value.Column);
        Assert.Contains("gradients do not agree: worst error", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_activation_of_ones_own_agrees()
    {
        var own = Activation.Of(new OwnActivation(OwnMistake.None));
        var network = new Network(4, [new Dense(5, own), new Dense(2, Activation.Linear)]);
        Assert.True(GradientCheck.Run(Halved(network, 11), Rows(network, 20), Loss.Squared, options: s_all).Passed);
    }

    [Theory]
    [InlineData(OwnMistake.None, true)]
    [InlineData(OwnMistake.Factor, false)]
    [InlineData(OwnMistake.Sign, false)]
    public void A_wrong_derivative_of_a_loss_is_caught_everywhere(object mistake, bool passes)
    {
        var network = new Network(4, [new Dense(5, Activation.Tanh), new Dense(2, Activation.Linear)]);
        GradientCheckResult result = GradientCheck.Run(
            Halved(network, 11), Rows(network, 20), Loss.Plain(new OwnLoss((OwnMistake)mistake)), options: s_all);
        Assert.All(result.Groups, group => Assert.Equal(passes, group.Passed));
    }

    [Fact]
    public void What_meets_a_kink_is_left_out_and_counted_and_the_rest_passes()
    {
        // Neuron 0 of row 0 stands exactly at u = 0, by weights and inputs without rounding.
        var network = new Network(2, [new Dense(3, Activation.Relu), new Dense(1, Activation.Linear)]);
        Parameters<double> parameters = Halved(network, 13);
        (parameters.Weights[0][0, 0], parameters.Weights[0][1, 0], parameters.Biases[0]![0, 0]) = (0.5, -0.25, 0);
        var inputs = Matrix<double>.From(new[,] { { 1.0, 2.0 }, { 0.5, 0.1 }, { -0.3, 0.8 } });
        GradientCheckResult result = GradientCheck.Run(
            parameters, new Examples<double>(inputs, new Matrix<double>(3, 1)), Loss.Squared, options: s_all);
        Assert.True(result.Passed, result.ToString());
        Assert.Equal([2, 2, 1, 0, 0], result.Groups.Select(group => group.LeftOut));
        Assert.Equal([4, 4, 2, 3, 1], result.Groups.Select(group => group.Checked));
        Assert.Equal(5, result.LeftOut);
    }

    [Fact]
    public void Where_nothing_can_be_checked_it_says_so_and_does_not_pass()
    {
        var network = new Network(2, [new Dense(3, Activation.Relu), new Dense(1, Activation.Linear)]);
        GradientCheckResult result = GradientCheck.Run(
            new Parameters<double>(network),
            new Examples<double>(Sample.Matrix<double>(4, 2, 1), Sample.Matrix<double>(4, 1, 2)),
            Loss.Squared);
        Assert.False(result.Passed);
        Assert.Equal(6, result.Groups[1].LeftOut);
        Assert.Equal(0, result.Groups[1].Checked);
        Assert.Equal("gradients do not agree: nothing could be checked of the weights of layer 1", result.ToString());
    }

    [Fact]
    public void A_kink_of_the_loss_is_left_out()
    {
        var network = new Network(1, [new Dense(1, Activation.Linear, bias: false)]);
        var parameters = new Parameters<double>(network);
        parameters.Weights[0][0, 0] = 2;
        var rows = new Examples<double>(Matrix<double>.From(new[,] { { 1.0 } }), Matrix<double>.From(new[,] { { 2.0 } }));
        Assert.Equal(1, GradientCheck.Run(parameters, rows, Loss.Absolute).Groups[1].LeftOut);
        Assert.Equal(0, GradientCheck.Run(parameters, rows, Loss.Squared).Groups[1].LeftOut);
    }

    [Fact]
    public void Rows_of_weight_0_may_stand_at_a_kink()
    {
        var network = new Network(1, [new Dense(1, Activation.Relu, bias: false)]);
        var parameters = new Parameters<double>(network);
        parameters.Weights[0][0, 0] = 1;
        Matrix<double> inputs = Matrix<double>.From(new[,] { { 1.0 }, { 2.0 } });
        var targets = Matrix<double>.From(new[,] { { 1.0 }, { 1.0 } });
        int LeftOut(double[]? weights) =>
            GradientCheck.Run(parameters, new Examples<double>(inputs, targets, weights), Loss.Absolute).Groups[1].LeftOut;
        Assert.Equal(1, LeftOut(null));
        Assert.Equal(0, LeftOut([0, 1]));
    }

    [Fact]
    public void Inputs_of_hundreds_and_narrow_slopes_still_settle()
    {
        var network = new Network(3, [new Dense(4, Activation.Tanh), new Dense(1, Activation.Linear)]);
        Parameters<double> parameters = Halved(network, 17);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 4; j++)
                parameters.Weights[0][i, j] *= 0.01;
        }

        var rows = new Examples<double>(Sample.Matrix<double>(20, 3, 18, 500), Sample.Matrix<double>(20, 1, 19));
        GradientCheckResult result = GradientCheck.Run(parameters, rows, Loss.Squared, options: s_all);
        Assert.True(result.Passed, result.ToString());
        Assert.Equal(0, result.LeftOut + result.Unresolved);
    }

    [Fact]
    public void Samples_are_drawn_by_the_seed_and_are_as_many_as_asked_for()
    {
        var network = new Network(30, [new Dense(20, Activation.Tanh), new Dense(3, Activation.Linear)]);
        GradientCheckResult Run(ulong seed, int samples) => GradientCheck.Run(
            Halved(network, 1), Rows(network, 10), Loss.Squared,
            options: new GradientCheckOptions { Seed = seed, Samples = samples });
        GradientCheckResult first = Run(1, 25);
        Assert.Equal([25, 25, 20, 25, 3], first.Groups.Select(group => group.Checked));
        Assert.Equal([300, 600, 20, 60, 3], first.Groups.Select(group => group.Entries));
        Assert.True(first.Groups.SequenceEqual(Run(1, 25).Groups));
        Assert.NotEqual(first.Groups[1].Worst, Run(2, 25).Groups[1].Worst);
        Assert.Equal([300, 600, 20, 60, 3], Run(1, 0).Groups.Select(group => group.Checked));
        Assert.Equal([200, 200, 20, 60, 3], Run(1, GradientCheckOptions.DefaultSamples).Groups.Select(group => group.Checked));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(100, 99)]
    public void A_sample_is_of_different_numbers_in_order(int count, int wanted)
    {
        var seen = new int[count];
        for (ulong seed = 0; seed < 300; seed++)
        {
            int[] sample = SampledEntries.Of(count, wanted, seed, 0);
            Assert.Equal(wanted, sample.Length);
            Assert.Equal(sample.Distinct().Order(), sample);
            foreach (int number in sample)
                seen[number]++;
        }

        // Each number is drawn 300·wanted/count times, give or take 5 standard deviations.
        double share = (double)wanted / count;
        double deviation = Math.Sqrt(300 * share * (1 - share));
        Assert.All(seen, times => Assert.InRange(times, 300 * share - 5 * deviation, 300 * share + 5 * deviation));
    }

    [Fact]
    public void The_default_tolerance_passes_and_one_below_rounding_does_not()
    {
        var network = new Network(4, [new Dense(5, Activation.Tanh), new Dense(2, Activation.Linear)]);
        Examples<double> rows = Rows(network, 20);
        Assert.Equal(1e-7, GradientCheck.Run(Halved(network, 1), rows, Loss.Squared).Tolerance);
        var tiny = new GradientCheckOptions { Tolerance = 1e-20 };
        Assert.False(GradientCheck.Run(Halved(network, 1), rows, Loss.Squared, options: tiny).Passed);
    }

    [Fact]
    public void Refuses_what_cannot_be_checked()
    {
        var network = new Network(1, [new Dense(1, Activation.Exponential)]);
        var parameters = new Parameters<double>(network);
        parameters.Biases[0]![0, 0] = 800;
        var rows = new Examples<double>(new Matrix<double>(1, 1), new Matrix<double>(1, 1));
        Assert.Equal(
            "The loss of row 0 is Infinity, so there is no gradient to check.",
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(parameters, rows, Loss.Squared)).Message);
        parameters.Biases[0]![0, 0] = 0;
        GradientCheckOptions[] senseless = [new() { Samples = -1 }, new() { Tolerance = 0 }, new() { Tolerance = double.NaN }];
        foreach (GradientCheckOptions options in senseless)
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(parameters, rows, Loss.Squared, options: options));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(parameters, rows, Loss.SoftmaxCrossEntropy()));
    }

    static Network NetworkOf(Loss loss, Activation activation)
    {
        Activation last = loss.Kind == LossKind.Softmax ? Activation.Linear : loss.Link ?? activation;
        return DenseNetworks.Of(
            5, [new Dense(6, activation), new Dense(4, activation), new Dense(3, last)],
            loss.Kind == LossKind.Softmax);
    }

    /// <summary>Half the usual weights, so that three layers of e^u stay finite.</summary>
    static Parameters<double> Halved(Network network, ulong seed)
    {
        Parameters<double> parameters = Sample.Parameters<double>(network, seed);
        foreach (Matrix<double> values in Sample.Matrices(parameters))
        {
            for (int row = 0; row < values.Rows; row++)
            {
                foreach (ref double value in values[row])
                    value *= 0.5;
            }
        }

        return parameters;
    }

    static Examples<double> Rows(Network network, int rows) => new(
        Sample.Matrix<double>(rows, network.Inputs, 100), Sample.Matrix<double>(rows, network.Outputs, 101, 0.5, 0.5),
        Sample.Weights(rows, 102));
}

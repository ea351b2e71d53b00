using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

public sealed class LossTests
{
    public static TheoryData<string> ElementWise =>
        [.. Loss.All.Where(loss => loss.Kind != LossKind.Softmax).Select(loss => loss.Name),
            "huber:delta=0.3", "quantile:q=0.9", "logistic-cross-entropy:smoothing=0.2"];

    /// <summary>
    /// Step 10⁻⁵: off by h²·|ℓ‴|/6 ≤ 10⁻¹⁰·10/6 (e^u at 2.3) and 2·2⁻⁵³·|ℓ|/h ≤ 10⁻⁹, so the bound is 10⁻⁸. The points
    /// are chosen 10⁻³ and more away from the kinks d = 0 and |d| = δ.
    /// </summary>
    [Theory]
    [MemberData(nameof(ElementWise))]
    public void Derivative_is_the_limit_of_differences(string name)
    {
        const double h = 1e-5;
        var loss = Loss.Parse(name);
        foreach (double target in (double[])[0, 0.25, 1])
        {
            for (double output = -2.2913; output <= 2.3; output += 0.0617)
            {
                double distance = Math.Abs(output - target);
                if (distance < 1e-3 || Math.Abs(distance - 1) < 1e-3 || Math.Abs(distance - 0.3) < 1e-3)
                    continue;

                double difference = (loss.Value(output + h, target) - loss.Value(output - h, target)) / (2 * h);
                Assert.Equal(difference, loss.Derivative(output, target), 1e-8);
            }
        }
    }

    [Fact]
    public void Losses_have_the_values_of_their_formulas()
    {
        Assert.Equal(2.25, Loss.Squared.Value(2, 0.5));
        Assert.Equal(1.125, Loss.HalfSquared.Value(2, 0.5));
        Assert.Equal(1.5, Loss.Absolute.Value(-1, 0.5));
        Assert.Equal(0.125, Loss.Huber().Value(0.5, 1));
        Assert.Equal(2 * (3 - 1), Loss.Huber(2).Value(-3, 0));
        Assert.Equal(0.9 * 2, Loss.Quantile(0.9).Value(1, 3), 1e-15);
        Assert.Equal(0.1 * 2, Loss.Quantile(0.9).Value(3, 1), 1e-15);
        Assert.Equal(Math.E - 3, Loss.Poisson.Value(1, 3), 1e-15);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), Loss.LogisticCrossEntropy().Value(2, 1), 1e-15);
        Assert.Equal(Math.Log(1 + Math.Exp(2)), Loss.LogisticCrossEntropy().Value(2, 0), 1e-15);

        // ε = 0.2 makes a target of 1 into 0.9.
        Assert.Equal(
            0.9 * Math.Log(1 + Math.Exp(-2)) + 0.1 * Math.Log(1 + Math.Exp(2)),
            Loss.LogisticCrossEntropy(0.2).Value(2, 1), 1e-15);
    }

    [Fact]
    public void At_its_kink_a_loss_has_the_derivative_0()
    {
        Assert.Equal(0, Loss.Absolute.Derivative(3, 3));
        Assert.Equal(0, Loss.Quantile(0.9).Derivative(3, 3));
        Assert.Equal(1, Loss.Huber().Derivative(4, 3));
    }

    [Fact]
    public void Logistic_cross_entropy_neither_overflows_nor_takes_the_logarithm_of_0()
    {
        Loss loss = Loss.LogisticCrossEntropy();
        foreach (double u in (double[])[700, 1e4, 1e30, 1e300])
        {
            Assert.Equal(u, loss.Value(u, 0));
            Assert.Equal(u, loss.Value(-u, 1));
            Assert.Equal(0, loss.Value(u, 1), 1e-300);
            Assert.Equal(0, loss.Value(-u, 0), 1e-300);
            Assert.Equal(1, loss.Derivative(u, 0));
            Assert.Equal(-1, loss.Derivative(-u, 1));
            Assert.Equal(0, loss.Derivative(u, 1));
            Assert.Equal(0, loss.Derivative(-u, 0), 1e-300);
        }

        Assert.Equal(Math.Log(2), loss.Value(double.Epsilon, 1), 1e-15);
        Assert.Equal(-0.5, loss.Derivative(double.Epsilon, 1));
    }

    [Fact]
    public void Other_losses_stay_finite_wherever_their_value_is()
    {
        Assert.Equal(3e4, Loss.Poisson.Value(-1e4, 3));
        Assert.Equal(-3, Loss.Poisson.Derivative(-1e4, 3));
        Assert.Equal(3e30, Loss.Poisson.Value(-1e30, 3), 1e15);
        Assert.Equal(1e300, Loss.Huber().Value(1e300, 0));
        Assert.Equal(1, Loss.Huber().Derivative(1e300, 0));
        Assert.Equal(1e300, Loss.Absolute.Value(-1e300, 0));
        Assert.Equal(1e60, Loss.Squared.Value(1e30, 0), 1e45);
        Assert.Equal(5e299, Loss.Quantile().Value(1e300, 0), 1e285);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Softmax_cross_entropy_is_stable_at_any_inputs(double smoothing)
    {
        CheckSoftmax<double>(smoothing, 1e-15);
        CheckSoftmax<float>(smoothing, 1e-6);
    }

    static void CheckSoftmax<T>(double smoothing, double bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[][] rows =
        [
            [1e4, 0, -1e4], [-1e4, -1e4, -1e4], [700, -700, 700], [1e30, -1e30, 0], [1e-45, 0, -1e-45], [-1e30, 1e30, 1e30],
        ];
        var u = new Matrix<T>(rows.Length, 3);
        var targets = new Matrix<T>(rows.Length, 3);
        int[] classes = [1, 0, 2, 1, 0, 0];
        for (int r = 0; r < rows.Length; r++)
        {
            for (int j = 0; j < 3; j++)
                u[r, j] = T.CreateChecked(rows[r][j]);
            targets[r, classes[r]] = T.One;
        }

        T[] factors = [.. rows.Select(_ => T.One)];
        foreach (LaneWidth width in LaneWidths.All)
        {
            LossLoops<T> loops = Loss.SoftmaxCrossEntropy(smoothing).Bind<T>(width);
            foreach (bool withClasses in (bool[])[true, false])
            {
                var delta = new Matrix<T>(rows.Length, 3);
                T[] losses = new T[rows.Length];
                var all = new RowRange(0, rows.Length);
                if (withClasses)
                    loops.EvaluateClasses(u, classes, factors, losses, delta, all);
                else
                    loops.Evaluate(u, targets, factors, losses, delta, all);

                for (int r = 0; r < rows.Length; r++)
                {
                    double[] t = [.. Enumerable.Range(0, 3).Select(j => (j == classes[r] ? 1 - smoothing : 0) + smoothing / 3)];
                    double maximum = rows[r].Max();
                    double[] powers = [.. rows[r].Select(value => Math.Exp(value - maximum))];
                    double expected = Enumerable.Range(0, 3).Sum(j => t[j] * (Math.Log(powers.Sum()) - (rows[r][j] - maximum)));
                    Assert.True(double.IsFinite(expected));
                    Assert.InRange(
                        double.CreateChecked(losses[r]), expected - bound * (1 + expected), expected + bound * (1 + expected));
                    for (int j = 0; j < 3; j++)
                        Assert.Equal(powers[j] / powers.Sum() - t[j], double.CreateChecked(delta[r, j]), bound);
                }
            }
        }
    }

    [Fact]
    public void Soft_targets_that_do_not_sum_to_1_have_the_gradient_of_their_loss()
    {
        var network = new Network(1, [new Dense(3, Activation.Linear), new Softmax()]);
        var errors = new ErrorFlow<double>(network, Loss.SoftmaxCrossEntropy());
        var parameters = Sample.Parameters<double>(network, 1);
        var workspace = new Workspace<double>(network, 1);
        Matrix<double> targets = Sample.Matrix<double>(1, 3, 2, 1, 1);
        workspace.Load(Sample.Matrix<double>(1, 1, 3), targets);
        new ValueFlow<double>(network).Run(parameters, workspace);
        errors.Run(parameters, workspace, new Parameters<double>(network));
        double total = targets[0].ToArray().Sum();
        for (int j = 0; j < 3; j++)
            Assert.Equal(workspace.X[^1][0, j] * total - targets[0, j], workspace.Delta[0][0, j], 1e-15);
    }

    [Theory]
    [MemberData(nameof(ElementWise))]
    public void A_name_reads_back_as_the_same_loss(string name) => Assert.Equal(name, Loss.Parse(name).Name);

    [Theory]
    [InlineData("square", "Unknown loss 'square'; did you mean squared? Known are squared, half-squared")]
    [InlineData("huber:delta=0", "delta")]
    [InlineData("quantile:q=1", "q of the loss")]
    [InlineData("softmax-cross-entropy:smoothing=1", "smoothing")]
    [InlineData("squared:delta=1", "has no parameters")]
    public void Refuses_what_it_does_not_know(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Loss.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_loss_refuses_an_output_that_is_not_its_own()
    {
        var linear = new Network(2, [new Dense(3, Activation.Linear)]);
        var softmax = new Network(2, [new Dense(3, Activation.Linear), new Softmax()]);
        Assert.Equal(
            "The loss softmax-cross-entropy needs a softmax output, but this network's output is 3*linear.",
            Assert.Throws<ArgumentException>(() => Loss.SoftmaxCrossEntropy().ThrowUnlessFits(linear)).Message);
        Assert.Equal(
            "The loss poisson needs the output activation exponential, but this network's output is softmax.",
            Assert.Throws<ArgumentException>(() => Loss.Poisson.ThrowUnlessFits(softmax)).Message);
        Assert.Throws<ArgumentException>(() => Loss.LogisticCrossEntropy().ThrowUnlessFits(linear));
        Loss.Squared.ThrowUnlessFits(softmax);
    }
}

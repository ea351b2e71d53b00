using Xunit;

namespace Backprop.Engine.Tests;

public sealed class ActivationTests
{
    public static TheoryData<string> Names =>
        [.. Activation.All.Select(activation => activation.Name), "elu:alpha=0.4", "leaky-relu:slope=0.3"];

    static readonly double[] s_kinks = [-1, 0, 1];

    /// <summary>
    /// Step 10⁻⁵: the difference is off by h²·|f‴|/6 ≤ 10⁻¹⁰·20/6 (e^u at 3) and by 2·2⁻⁵³·|f|/h ≤ 4·10⁻¹⁰, so the bound
    /// is 10⁻⁸. The points keep 10⁻² away from every kink (and from 0 and ±1 for all).
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Derivative_is_the_limit_of_differences(string name)
    {
        const double h = 1e-5;
        var activation = Activation.Parse(name);
        int tested = 0;
        for (double u = -3; u <= 3; u += 0.0371)
        {
            if (s_kinks.Any(kink => Math.Abs(u - kink) < 1e-2))
                continue;

            double difference = (activation.Value(u + h) - activation.Value(u - h)) / (2 * h);
            Assert.True(
                Math.Abs(difference - activation.Derivative(u)) <= 1e-8,
                $"{name} at {u}: {activation.Derivative(u)} against {difference}");
            tested++;
        }

        Assert.True(tested > 150);
    }

    /// <summary>Far out, each activation is its asymptote to the last bit of double and single precision.</summary>
    [Theory]
    [InlineData("linear", "u", 1, "u", 1)]
    [InlineData("logistic", "0", 0, "1", 0)]
    [InlineData("tanh", "-1", 0, "1", 0)]
    [InlineData("relu", "0", 0, "u", 1)]
    [InlineData("leaky-relu:slope=0.25", "u/4", 0.25, "u", 1)]
    [InlineData("elu:alpha=0.5", "-0.5", 0, "u", 1)]
    [InlineData("gelu", "0", 0, "u", 1)]
    [InlineData("silu", "0", 0, "u", 1)]
    [InlineData("mish", "0", 0, "u", 1)]
    [InlineData("softplus", "0", 0, "u", 1)]
    [InlineData("hard-tanh", "-1", 0, "1", 0)]
    public void Far_out_an_activation_is_its_asymptote(
        string name, string below, double slopeBelow, string above, double slopeAbove)
    {
        var activation = Activation.Parse(name);
        foreach (double u in (double[])[700, 1e4, 1e30, 1e38])
        {
            // Below −700 the tails e^u are left: nothing at 10⁴ and beyond, at most 10⁻³⁰⁰ at 700.
            double tail = u == 700 ? 1e-300 : 0;
            Assert.Equal(Asymptote(below, -u), activation.Value(-u), tail);
            Assert.Equal(Asymptote(above, u), activation.Value(u), tail);
            Assert.Equal(slopeBelow, activation.Derivative(-u), tail);
            Assert.Equal(slopeAbove, activation.Derivative(u), tail);
            Assert.Equal((float)Asymptote(below, (float)-u), Single(activation, (float)-u).Value, (float)0);
            Assert.Equal((float)Asymptote(above, (float)u), Single(activation, (float)u).Value, (float)0);
            Assert.Equal((float)slopeBelow, Single(activation, (float)-u).Derivative, (float)0);
            Assert.Equal((float)slopeAbove, Single(activation, (float)u).Derivative, (float)0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_overflows_and_nothing_is_lost_at_any_input(string name)
    {
        var activation = Activation.Parse(name);
        foreach (double magnitude in (double[])
            [0, double.Epsilon, 1e-310, 1e-45, 1e-40, 1e-30, 1e-8, 1, 50, 88, 700, 1e4, 1e30, 3e38, 1e154, 1e300])
        {
            foreach (double u in (double[])[magnitude, -magnitude])
            {
                bool overflows = name == "exponential" && u > 709.7;
                Assert.Equal(overflows, !double.IsFinite(activation.Value(u)));
                Assert.Equal(overflows, !double.IsFinite(activation.Derivative(u)));
                Assert.False(double.IsNaN(activation.Value(u)) || double.IsNaN(activation.Derivative(u)));
                if (magnitude > 3.4e38)
                    continue;

                bool singleOverflows = name == "exponential" && u > 88.7;
                (float value, float derivative) = Single(activation, (float)u);
                Assert.Equal(singleOverflows, !float.IsFinite(value));
                Assert.Equal(singleOverflows, !float.IsFinite(derivative));
                Assert.False(float.IsNaN(value) || float.IsNaN(derivative));
            }
        }
    }

    /// <summary>f(u) = f(0) + f′(0)·u near 0, relative to u where f(0) = 0: nothing is lost to cancellation.</summary>
    [Theory]
    [InlineData("tanh", 1)]
    [InlineData("relu", 1)]
    [InlineData("elu:alpha=1", 1)]
    [InlineData("selu", 1.0507009873554805)]
    [InlineData("gelu", 0.5)]
    [InlineData("silu", 0.5)]
    [InlineData("mish", 0.6)]
    [InlineData("softsign", 1)]
    [InlineData("hard-tanh", 1)]
    [InlineData("sine", 1)]
    public void Small_inputs_keep_their_relative_accuracy(string name, double slope)
    {
        var activation = Activation.Parse(name);
        foreach (double u in (double[])[1e-17, 1e-30, 1e-300])
        {
            Assert.Equal(slope, activation.Value(u) / u, 1e-15);
            Assert.Equal(slope, Single(activation, 1e-20f).Value / 1e-20f, 3e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_reads_back_as_the_same_activation(string name)
    {
        var activation = Activation.Parse(name);
        Assert.Equal(activation, Activation.Parse(activation.Name));
        Assert.Equal(name, activation.Name);
    }

    [Theory]
    [InlineData("thanh", "Unknown activation 'thanh'; did you mean tanh? Known are linear, logistic, tanh")]
    [InlineData("tanh:slope=1", "has no parameters")]
    [InlineData("leaky-relu:slope=0", "slope")]
    [InlineData("elu:alpha=-1", "alpha")]
    [InlineData("elu:beta=1", "no parameter 'beta'")]
    public void Refuses_what_it_does_not_know(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => Activation.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_kink_has_the_derivative_that_its_documentation_states()
    {
        Assert.Equal(0, Activation.Relu.Derivative(0));
        Assert.Equal(0.25, Activation.LeakyRelu(0.25).Derivative(0));
        Assert.Equal(1, Activation.Elu(0.5).Derivative(0));
        Assert.Equal(0, Activation.HardTanh.Derivative(1));
        Assert.Equal(0, Activation.HardTanh.Derivative(-1));
    }

    static double Asymptote(string text, double u) => text switch
    {
        "u" => u,
        "u/4" => u / 4,
        _ => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Value and derivative in single precision, through the loops that a network runs.</summary>
    static (float Value, float Derivative) Single(Activation activation, float at)
    {
        var (u, x, delta) = (new Matrix<float>(1, 1), new Matrix<float>(1, 1), new Matrix<float>(1, 1));
        (u[0, 0], delta[0, 0]) = (at, 1);
        ActivationLoops<float> loops = activation.Bind<float>(LaneWidths.Best);
        loops.Apply(u, x, new RowRange(0, 1), 0, 1);
        loops.MultiplyByDerivative(activation.DerivativeNeedsInput ? u : x, x, delta, new RowRange(0, 1), 0, 1);
        return (x[0, 0], delta[0, 0]);
    }
}

using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The page's own derivation of where the error flow starts ("start"), step by step from the engine's U and X of an output layer:
/// 2 inputs, 3 outputs, 4 rows. What a step differentiates is differentiated here by a complex step.
/// </summary>
public sealed class StartFormulaTests
{
    const int Outputs = 3;

    static readonly Function s_exponential = new("exponential", Math.Exp, Math.Exp);

    [Fact]
    [Trait("Formula", "start 1")]
    public void The_logistics_complement_is_exp_of_minus_u_over_the_same_divisor()
    {
        EngineCase c = Of(Function.Logistic, Loss.Squared);
        Close.Holds(c.X(1), Algebra.Map(u => 1 / (1 + Math.Exp(-u)), c.U(1)), "X");
        Close.Holds(Algebra.Map(x => 1 - x, c.X(1)), Algebra.Map(u => Math.Exp(-u) / (1 + Math.Exp(-u)), c.U(1)), "1 − X");
    }

    [Fact]
    [Trait("Formula", "start 2")]
    public void The_logistics_slope_is_x_times_its_complement()
    {
        EngineCase c = Of(Function.Logistic, Loss.Squared);
        double[,] right = Algebra.Map(at => ComplexStep.Derivative(u => 1 / (1 + Complex.Exp(-u)), at), c.U(1));
        Close.Holds(right, Algebra.Map(u => Math.Exp(-u) / ((1 + Math.Exp(-u)) * (1 + Math.Exp(-u))), c.U(1)), "the quotient");
        Close.Holds(right, Algebra.Map(x => x * (1 - x), c.X(1)), "X(1 − X)");
        Close.Holds(right, Slope(c), "f′ of the engine");
    }

    [Fact]
    [Trait("Formula", "start 3")]
    public void The_slope_of_tanh_is_one_less_its_square()
    {
        EngineCase c = Of(Function.Tanh, Loss.Squared);
        Close.Holds(c.X(1), Algebra.Map(u => S(u) / C(u), c.U(1)), "X");
        double[,] right = Algebra.Map(
            at => ComplexStep.Derivative(u => (Complex.Exp(u) - Complex.Exp(-u)) / (Complex.Exp(u) + Complex.Exp(-u)), at),
            c.U(1));
        Close.Holds(right, Algebra.Map(u => (C(u) * C(u) - S(u) * S(u)) / (C(u) * C(u)), c.U(1)), "(c·c − s·s)/c²");
        Close.Holds(right, Algebra.Map(x => 1 - x * x, c.X(1)), "1 − X²");
        Close.Holds(right, Slope(c), "f′ of the engine");

        static double S(double u) => Math.Exp(u) - Math.Exp(-u);

        static double C(double u) => Math.Exp(u) + Math.Exp(-u);
    }

    [Fact]
    [Trait("Formula", "start 4")]
    public void The_slope_of_the_exponential_is_its_value()
    {
        EngineCase c = Of(s_exponential, Loss.Squared);
        Close.Holds(c.X(1), Algebra.Map(Math.Exp, c.U(1)), "X");
        Close.Holds(Algebra.Map(at => ComplexStep.Derivative(Complex.Exp, at), c.U(1)), c.X(1), "exp′");
        Close.Holds(c.X(1), Slope(c), "f′ of the engine");
    }

    [Fact]
    [Trait("Formula", "start 5")]
    public void The_logarithm_of_softmax_is_a_difference_with_the_derivative_one_or_nothing_less_x()
    {
        EngineCase c = Softmax(Loss.HalfSquared, 1);
        double[,] logs = Map(c, (row, i) => c.U(1)[row, i] - Math.Log(Row(c.U(1), row).Sum(Math.Exp)));
        Close.Holds(Algebra.Map(Math.Log, c.X(1)), logs, "ln X");
        for (int j = 0; j < Outputs; j++)
        {
            int by = j;
            double[,] right = Map(c, (row, i) => ByTotal(c, row, by, u => u[i] - Complex.Log(Total(u))));
            Close.Holds(right, Map(c, (row, i) => Is(i, by) - c.X(1)[row, by]), $"∂ln X/∂U of {by}");
        }
    }

    [Fact]
    [Trait("Formula", "start 6")]
    public void Softmaxs_derivative_is_x_times_that_of_its_logarithm()
    {
        EngineCase c = Softmax(Loss.HalfSquared, 1);
        for (int i = 0; i < Outputs; i++)
        {
            int of = i;
            double[,] right = Map(c, (row, j) => ByTotal(c, row, j, u => Complex.Exp(u[of]) / Total(u)));
            Close.Holds(right, Map(c, (row, j) => c.X(1)[row, of] * (Is(of, j) - c.X(1)[row, j])), $"∂X/∂U of X {of}");

            // Under ½(X − t)² with t = X but for a 1 in place i, ∂ℓ/∂X is that 1 alone, and delta row i of the derivatives.
            double[,] target = Map(c, (row, j) => c.X(1)[row, j] - Is(of, j));
            EngineCase one = Softmax(Loss.HalfSquared, target);
            Close.Holds(right, one.dU(1), $"∂X/∂U of X {of} in the engine");
        }
    }

    [Fact]
    [Trait("Formula", "start 7")]
    public void Behind_softmax_delta_is_x_times_the_error_less_the_mean_of_the_errors()
    {
        EngineCase c = Softmax(Loss.Squared, 1);
        double[,] t = Targets(c);
        double[,] right = Map(c, (row, j) => ByTotal(c, row, j, u => Enumerable.Range(0, Outputs).Aggregate(
            Complex.Zero, (sum, i) => sum + Square(Complex.Exp(u[i]) / Total(u) - t[row, i]))));
        Close.Holds(
            right, Map(c, (row, j) => Sum(i => Error(row, i) * c.X(1)[row, i] * (Is(i, j) - c.X(1)[row, j]))), "the whole sum");
        Close.Holds(
            right, Map(c, (row, j) => c.X(1)[row, j] * (Error(row, j) - Sum(i => c.X(1)[row, i] * Error(row, i)))),
            "the short one");
        Close.Holds(right, c.dU(1), "delta of the engine");

        double Error(int row, int i) => 2 * (c.X(1)[row, i] - t[row, i]);

        static Complex Square(Complex value) => value * value;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    [Trait("Formula", "start 8")]
    public void The_cross_entropy_of_softmax_falls_by_t_over_x(double sum)
    {
        EngineCase c = Softmax(Loss.SoftmaxCrossEntropy(), sum);
        double[,] t = Targets(c);
        for (int row = 0; row < c.Rows; row++)
        {
            int r = row;
            Close.Holds(Sum(i => -t[r, i] * Math.Log(c.X(1)[r, i])), c.Flow.RowLosses[r], $"ℓ of row {r}", 10);
        }

        double[,] right = Map(c, (row, i) => ComplexStep.Derivative(x => -t[row, i] * Complex.Log(x), c.X(1)[row, i]));
        Close.Holds(right, Map(c, (row, i) => -t[row, i] / c.X(1)[row, i]), "∂ℓ/∂X");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    [Trait("Formula", "start 9")]
    public void Of_softmax_with_cross_entropy_x_stands_multiplied_by_the_targets_sum(double sum)
    {
        EngineCase c = Softmax(Loss.SoftmaxCrossEntropy(), sum);
        double[,] t = Targets(c);
        double[,] right = Map(c, (row, j) => ByTotal(c, row, j, u => Enumerable.Range(0, Outputs).Aggregate(
            Complex.Zero, (loss, i) => loss - t[row, i] * Complex.Log(Complex.Exp(u[i]) / Total(u)))));
        Close.Holds(
            right, Map(c, (row, j) => Sum(i => -t[row, i] / c.X(1)[row, i] * c.X(1)[row, i] * (Is(i, j) - c.X(1)[row, j]))),
            "the sum over the outputs");
        Close.Holds(right, Map(c, (row, j) => -t[row, j] + c.X(1)[row, j] * Sum(i => t[row, i])), "−t + X Σt");
        Close.Holds(right, c.dU(1), "delta of the engine");
    }

    [Fact]
    [Trait("Formula", "start 10")]
    public void Softmax_with_cross_entropy_leaves_output_less_target_where_the_targets_sum_is_1_and_nowhere_else()
    {
        EngineCase one = Softmax(Loss.SoftmaxCrossEntropy(), 1);
        Close.Holds(Algebra.Difference(one.X(1), Targets(one)), one.dU(1), "delta");
        EngineCase more = Softmax(Loss.SoftmaxCrossEntropy(), 1.7);
        Close.Differs(more.dU(1), Algebra.Difference(more.X(1), Targets(more)), 0.3, "X − t where the sum is 1.7");
    }

    [Fact]
    [Trait("Formula", "start 11")]
    public void The_cross_entropy_of_a_logistic_output_rises_by_the_difference_over_the_slope()
    {
        EngineCase c = Of(Function.Logistic, Loss.LogisticCrossEntropy());
        double[,] t = Targets(c);
        Losses(c, (at, target) => -target * Math.Log(at) - (1 - target) * Math.Log(1 - at));
        double[,] right = Map(c, (row, j) => ComplexStep.Derivative(
            at => -t[row, j] * Complex.Log(at) - (1 - t[row, j]) * Complex.Log(1 - at), c.X(1)[row, j]));
        double[,] x = c.X(1);
        Close.Holds(right, Map(c, (row, j) => -t[row, j] / x[row, j] + (1 - t[row, j]) / (1 - x[row, j])), "the two terms");
        Close.Holds(right, Map(c, (row, j) => (x[row, j] - t[row, j]) / (x[row, j] * (1 - x[row, j]))), "∂ℓ/∂X");
    }

    [Fact]
    [Trait("Formula", "start 12")]
    public void A_logistic_output_with_cross_entropy_leaves_output_less_target_whatever_the_target()
    {
        EngineCase c = Of(Function.Logistic, Loss.LogisticCrossEntropy());
        Cancels(c, (x, t) => (x - t) / (x * (1 - x)), x => x * (1 - x), (u, t) =>
            -t * Complex.Log(1 / (1 + Complex.Exp(-u))) - (1 - t) * Complex.Log(1 - 1 / (1 + Complex.Exp(-u))));
    }

    [Fact]
    [Trait("Formula", "start 13")]
    public void The_poisson_loss_rises_by_the_difference_over_the_output()
    {
        EngineCase c = Of(s_exponential, Loss.Poisson);
        double[,] t = Targets(c);
        Losses(c, (x, target) => x - target * Math.Log(x));
        double[,] right = Map(c, (row, j) => ComplexStep.Derivative(x => x - t[row, j] * Complex.Log(x), c.X(1)[row, j]));
        Close.Holds(right, Map(c, (row, j) => 1 - t[row, j] / c.X(1)[row, j]), "1 − t/X");
        Close.Holds(right, Map(c, (row, j) => (c.X(1)[row, j] - t[row, j]) / c.X(1)[row, j]), "∂ℓ/∂X");
    }

    [Fact]
    [Trait("Formula", "start 14")]
    public void An_exponential_output_with_the_poisson_loss_leaves_output_less_target()
    {
        EngineCase c = Of(s_exponential, Loss.Poisson);
        Cancels(c, (x, t) => (x - t) / x, x => x, (u, t) => Complex.Exp(u) - t * u);
    }

    [Fact]
    public void Taken_one_after_another_the_factors_are_no_number_where_an_output_is_rounded_to_0_or_1()
    {
        EngineCase logistic = At(Function.Logistic, [1000], [0], Loss.LogisticCrossEntropy());
        Assert.Equal(1, logistic.X(1)[0, 0]);
        Assert.True(double.IsNaN((1 - 0.0) / (1 * (1 - 1.0)) * (1 * (1 - 1.0))));
        Assert.Equal(1, logistic.dU(1)[0, 0]);

        EngineCase poisson = At(s_exponential, [-1000], [2], Loss.Poisson);
        Assert.Equal(0, poisson.X(1)[0, 0]);
        Assert.True(double.IsNaN((0 - 2) / 0.0 * 0.0));
        Assert.Equal(-2, poisson.dU(1)[0, 0]);

        EngineCase softmax = At(
            Function.Linear, [1000, 0, -1000], [0, 0, 1], Loss.SoftmaxCrossEntropy(), softmax: true);
        Assert.Equal([1, 0, 0], Row(softmax.X(1), 0));
        Assert.True(double.IsNaN(-1 / 0.0 * 0.0));
        Assert.Equal([1, 0, -1], Row(softmax.dU(1), 0));
    }

    /// <summary>Both factors at the engine's X, their product X − t and the engine's delta, of the sum and of the mean.</summary>
    static void Cancels(
        EngineCase c, Func<double, double, double> error, Func<double, double> slope, Func<Complex, double, Complex> loss)
    {
        double[,] t = Targets(c);
        double[,] right = Map(c, (row, j) => ComplexStep.Derivative(u => loss(u, t[row, j]), c.U(1)[row, j]));
        Close.Holds(right, Map(c, (row, j) => error(c.X(1)[row, j], t[row, j]) * slope(c.X(1)[row, j])), "the two factors");
        Close.Holds(right, Algebra.Difference(c.X(1), t), "X − t");
        Close.Holds(right, c.dU(1), "delta of the engine");
        FlowRecord<double> mean = FlowRecord<double>.Of(c.Parameters, c.Examples, c.Loss, Reduction.Mean);
        Close.Holds(Algebra.Scale(1.0 / c.Rows, right), mean.Layers[0].Delta.ToArray(), "delta of the engine's mean");
    }

    static void Losses(EngineCase c, Func<double, double, double> loss)
    {
        for (int row = 0; row < c.Rows; row++)
        {
            int r = row;
            Close.Holds(Sum(j => loss(c.X(1)[r, j], c.Targets[r, j])), c.Flow.RowLosses[r], $"ℓ of row {r}", 10);
        }
    }

    static double[,] Targets(EngineCase c) => EngineCase.Plain(c.Targets);

    static double[,] Slope(EngineCase c) => c.Flow.Layers[0].Derivative!.ToArray();

    /// <summary>The derivative of a function of a row's U by one of them, at the engine's.</summary>
    static double ByTotal(EngineCase c, int row, int j, Func<Complex[], Complex> f)
    {
        double[] at = Row(c.U(1), row);
        return ComplexStep.Derivative(u => f([.. at.Select((each, i) => i == j ? u : each)]), at[j]);
    }

    static Complex Total(Complex[] u) => u.Aggregate(Complex.Zero, (sum, each) => sum + Complex.Exp(each));

    static double[] Row(double[,] matrix, int row) => Numbers.RowOf(matrix, row);

    static double Sum(Func<int, double> term) => Enumerable.Range(0, Outputs).Sum(term);

    static double Is(int i, int j) => i == j ? 1 : 0;

    static double[,] Map(EngineCase c, Func<int, int, double> element) => ScalarsCase.Of(c.Rows, Outputs, element);

    static EngineCase Of(Function f, Loss loss) => EngineCase.Random(80, [2, Outputs], [[f]], 4, loss);

    static EngineCase Softmax(Loss loss, double sum)
    {
        double[,] t = Algebra.Map(value => value + 1.1, Numbers.Matrix(90, 4, Outputs));
        return Softmax(loss, ScalarsCase.Of(4, Outputs, (row, j) => sum * t[row, j] / Row(t, row).Sum()));
    }

    static EngineCase Softmax(Loss loss, double[,] targets) => new(
        [Numbers.Matrix(81, 2, Outputs)], [Numbers.Vector(82, Outputs)],
        [[.. Enumerable.Repeat(Function.Linear, Outputs)]], Numbers.Matrix(83, 4, 2), targets, loss, Reduction.Sum,
        softmax: true);

    /// <summary>One row whose U are the biases.</summary>
    static EngineCase At(Function f, double[] u, double[] t, Loss loss, bool softmax = false) => new(
        [new double[1, u.Length]], [u], [[.. u.Select(_ => f)]], new double[1, 1], Numbers.Row(t), loss, Reduction.Sum, softmax);
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>Where "indices" as printed gives another number than the derivative, and how it is mended.</summary>
public sealed class IndicesMisprintTests
{
    static readonly double[] s_x = [0.7, -0.4, 0.9];
    static readonly double[] s_t = [0.3, 0.8, 0.1];
    static readonly Cost s_e = Cost.Squared;

    // Widths all alike, so that wrong forms can be evaluated.
    static readonly IndexForm s_form = new(
        [Numbers.Matrix(1, 3, 3), Numbers.Matrix(2, 3, 3), Numbers.Matrix(3, 3, 3)],
        [.. Enumerable.Repeat<Function[]>([Function.Tanh, Function.Logistic, Function.Sine], 3)]);

    static readonly IndexForm.ValueFlow s_values = s_form.Values(s_x);
    static readonly IndexForm.ErrorFlow s_errors = s_form.Errors(s_values, s_t, s_e);

    [Fact]
    [Trait("Formula", "indices 2")]
    public void The_loss_leads_to_the_last_levels_outputs_alone_not_to_those_of_every_level()
    {
        for (int k = 1; k <= s_form.n; k++)
        {
            double[] derivative = [.. Enumerable.Range(0, 3).Select(i => DerivativeByOutput(k, i))];
            Close.Holds(derivative, s_errors.X[k], $"∂e/∂X{k}", Differences.Tolerance, 1);
            if (k < s_form.n)
                Close.Differs(Numbers.Row(derivative), Numbers.Row(s_e.Derivative(s_values.X[k], s_t)), 0.5, $"e → X{k}");
        }

        // With other widths than the output's, e cannot even be asked.
        Assert.Throws<ArgumentException>(() => s_e.Derivative([0.1, 0.2], s_t));
    }

    [Fact]
    [Trait("Formula", "indices 3")]
    [Trait("Formula", "indices 4")]
    [Trait("Formula", "indices 5")]
    [Trait("Formula", "indices 8")]
    public void Behind_the_last_level_is_none_so_the_printed_sum_would_leave_no_error_anywhere()
    {
        int behind = s_form.n + 1;
        int nodesBehind = behind < s_form.W.Length ? s_form.W[behind].GetLength(1) : 0;
        double printed = Close.Sum(nodesBehind, l => s_errors.U[behind][l]).Value;
        Assert.Equal(0, printed);

        double derivative = DerivativeByOutput(s_form.n, 1);
        Assert.True(Math.Abs(derivative - printed) > 0.1, "the loss does follow the output");
        Close.Within(derivative, s_e.Derivative(s_values.X[s_form.n], s_t)[1], Differences.Tolerance, "∂e/∂Xn is the loss's own");
        Assert.Equal(s_errors.X[s_form.n][1], s_e.Derivative(s_values.X[s_form.n], s_t)[1]);
    }

    [Fact]
    [Trait("Formula", "indices 7")]
    [Trait("Formula", "indices 8")]
    public void The_functions_derivative_is_taken_at_the_total_input_and_not_at_the_output()
    {
        for (int k = 1; k <= s_form.n; k++)
        {
            double[] ErrorsAt(double[] place) =>
                [.. Enumerable.Range(0, 3).Select(i => s_errors.X[k][i] * s_form.f[k][i].Derivative(place[i]))];
            double[] derivative = [.. Enumerable.Range(0, 3).Select(i => DerivativeByTotalInput(k, i))];
            Close.Holds(derivative, ErrorsAt(s_values.U[k]), $"∂e/∂U{k}", Differences.Tolerance, 1);
            Close.Differs(Numbers.Row(derivative), Numbers.Row(ErrorsAt(s_values.X[k])), 0.01, $"∂f at X{k}");
        }
    }

    [Fact]
    [Trait("Formula", "indices 6")]
    [Trait("Formula", "indices 7")]
    public void Of_softmax_outputs_each_follows_every_total_input_so_a_sum_over_the_outputs_is_needed()
    {
        double[,] u = { { 0.4, -0.3, 0.9 } };
        var identity = new double[3, 3];
        for (int i = 0; i < 3; i++)
            identity[i, i] = 1;
        var softmax = new EngineCase(
            [identity], null, [[Function.Linear, Function.Linear, Function.Linear]], u, Numbers.Row(s_t), Loss.Squared,
            softmax: true);
        (double[,] dX, double[,] x) = (softmax.dX(1), softmax.X(1));

        double[,] derivative = Differences.Gradient(softmax.BatchLoss, softmax.Inputs);
        double Jacobian(int j, int i) => x[0, j] * ((i == j ? 1 : 0) - x[0, i]);
        double[] printed = [.. Enumerable.Range(0, 3).Select(i => dX[0, i] * Jacobian(i, i))];
        double[] mended = [.. Enumerable.Range(0, 3).Select(i => Close.Sum(3, j => dX[0, j] * Jacobian(j, i)).Value)];
        Close.Differs(derivative, Numbers.Row(printed), 0.1, "∂e/∂U by its own output alone");
        Close.Holds(derivative, Numbers.Row(mended), "∂e/∂U by all outputs", Differences.Tolerance, 1);
        Close.Holds(Numbers.Row(mended), softmax.dU(1), "∂e/∂U of the engine");
    }

    [Fact]
    [Trait("Formula", "indices 12")]
    [Trait("Formula", "indices 13")]
    public void All_increments_are_taken_before_any_weight_changes()
    {
        const double α = 0.5;
        int n = s_form.n;
        var form = new IndexForm([.. s_form.W.Skip(1)], [.. s_form.f.Skip(1)]);

        // Wⁿ changed first, and the errors of the levels before taken through the new one.
        form.W[n] = Algebra.Sum(form.W[n], Algebra.Scale(-α, s_errors.W[n]));
        double[] dX = [.. Enumerable.Range(0, 3).Select(i => Close.Sum(3, l => s_errors.U[n][l] * form.W[n][i, l]).Value)];
        var late = new double[3, 3];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                late[i, j] = dX[j] * form.f[n - 1][j].Derivative(s_values.U[n - 1][j]) * s_values.X[n - 2][i];
        }

        double[,] derivative = Differences.Gradient(() => s_form.Loss([s_x], [s_t], s_e), s_form.W[n - 1]);
        Close.Differs(derivative, late, 0.1, "∂e/∂W of the level before, after Wn changed");
        Close.Holds(derivative, s_errors.W[n - 1], "∂e/∂W of the level before", Differences.Tolerance, 1);
    }

    [Fact]
    [Trait("Formula", "indices 11")]
    [Trait("Formula", "indices 12")]
    public void Of_several_rows_the_derivative_is_the_sum_and_no_single_rows()
    {
        double[][] x = [s_x, [-0.5, 0.8, 0.2], [0.1, 0.6, -0.9]];
        double[][] t = [s_t, [0.9, 0.2, 0.4], [0.5, 0.1, 0.7]];
        double[,] derivative = Differences.Gradient(() => s_form.Loss(x, t, s_e), s_form.W[1]);
        Close.Holds(derivative, s_form.Gradient(x, t, s_e)[1], "∂e/∂W1", Differences.Tolerance, 1);
        for (int row = 0; row < x.Length; row++)
            Close.Differs(derivative, s_form.Errors(s_form.Values(x[row]), t[row], s_e).W[1], 0.2, $"row {row} alone");
    }

    [Fact]
    [Trait("Formula", "indices 1")]
    public void Without_biases_an_input_of_zeros_leaves_every_total_input_of_the_first_level_zero()
    {
        Assert.All(s_form.Values([0, 0, 0]).U[1], u => Assert.Equal(0, u));
        EngineCase engine = EngineCase.Random(4, [3, 2], [[Function.Tanh]], 1, Loss.Squared);
        var zeros = new EngineCase(
            [engine.W(1)], [Numbers.RowOf(engine.b(1), 0)], engine.Functions, new double[1, 3], new double[1, 2], Loss.Squared);
        Assert.Equal(engine.b(1), zeros.U(1));
    }

    /// <summary>∂e/∂Xᵢᵏ by differences: the flow goes on from Xᵏ.</summary>
    static double DerivativeByOutput(int k, int i) => Differences.Derivative(
        value =>
        {
            double[] x = [.. s_values.X[k]];
            x[i] = value;
            return LossFrom(k, x);
        },
        s_values.X[k][i]);

    /// <summary>∂e/∂Uᵢᵏ by differences.</summary>
    static double DerivativeByTotalInput(int k, int i) => Differences.Derivative(
        value =>
        {
            double[] x = [.. s_values.X[k]];
            x[i] = s_form.f[k][i].Value(value);
            return LossFrom(k, x);
        },
        s_values.U[k][i]);

    static double LossFrom(int k, double[] x) => k == s_form.n
        ? s_e.Value(x, s_t)
        : new IndexForm([.. s_form.W.Skip(k + 1)], [.. s_form.f.Skip(k + 1)]).Loss([x], [s_t], s_e);
}

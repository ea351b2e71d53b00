using System.Numerics;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The gradients of the systems of "indices", "rows" and "columns" against their own losses by extrapolated differences, and
/// against complex steps through a network written over complex numbers.
/// </summary>
public sealed class SystemsGradientTests
{
    const int Rows = 4;

    static readonly int[] s_widths = [3, 5, 4, 2];
    static readonly Cost[] s_costs = [Cost.Squared, Cost.HalfSquared, Cost.LogisticCrossEntropy, Cost.SoftmaxCrossEntropy];

    public static TheoryData<string> Functions => new(Function.All.Select(f => f.Name));

    public static TheoryData<string> AnalyticFunctions => new(ComplexStep.Analytic.Select(f => f.Name));

    public static TheoryData<string> Costs => new(s_costs.Select(e => e.Name));

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_gradients_of_all_three_are_the_derivatives_of_their_losses(string name)
    {
        Function f = Named(name);
        double[,] x = f == Function.Relu ? RowAwayFromKinks() : Numbers.Matrix(2, Rows, 3);
        double[,] t = Numbers.Matrix(3, x.GetLength(0), 2);
        (double[][] xs, double[][] ts) = (Numbers.RowsOf(x), Numbers.RowsOf(t));

        var form = new IndexForm(Weights(), [.. s_widths[1..].Select(width => Enumerable.Repeat(f, width).ToArray())]);
        double[][,] dW = form.Gradient(xs, ts, Cost.Squared);
        for (int k = 1; k <= form.n; k++)
            Check(() => form.Loss(xs, ts, Cost.Squared), form.W[k], dW[k], $"∂e/∂W{k} of {f}");

        var rows = new RowVectors(Weights(), Biases(), [f, f, f]);
        (double[][,] dw, double[][,] db) = rows.Gradient(xs, ts);
        for (int i = 1; i < rows.l; i++)
        {
            Check(() => rows.C(xs, ts), rows.w[i], dw[i], $"∂C/∂w{i} of {f}");
            Check(() => rows.C(xs, ts), rows.b[i], db[i], $"∂C/∂b{i} of {f}");
        }

        (double[,] I, double[,] Y) = (Algebra.Transpose(x), Algebra.Transpose(t));
        BatchColumns columns = Columns(f);
        BatchColumns.Gradients gradients = columns.Backward(columns.Forward(I), Y);
        Check(() => columns.L(I, Y), columns.WO, gradients.WO, $"∂L/∂W_O of {f}");
        Check(() => columns.L(I, Y), columns.bO, gradients.bO, $"∂L/∂b_O of {f}");
        Check(() => columns.L(I, Y), I, gradients.Ĥ[0], $"∂L/∂I of {f}");
        for (int h = 1; h <= columns.m; h++)
        {
            Check(() => columns.L(I, Y), columns.WH[h], gradients.WH[h], $"∂L/∂W_H{h} of {f}");
            Check(() => columns.L(I, Y), columns.bH[h], gradients.bH[h], $"∂L/∂b_H{h} of {f}");
        }
    }

    [Theory]
    [MemberData(nameof(AnalyticFunctions))]
    public void The_gradients_of_all_three_are_those_of_complex_steps_to_rounding(string name)
    {
        Function f = Named(name);
        double[,] x = Numbers.Matrix(2, Rows, 3);
        double[,] t = Numbers.Matrix(3, Rows, 2);
        (double[][] xs, double[][] ts) = (Numbers.RowsOf(x), Numbers.RowsOf(t));
        Function[][] functions = [.. s_widths[1..].Select(width => Enumerable.Repeat(f, width).ToArray())];
        Complex HalfSquared(Complex[][] outputs) => Sum(outputs, t) / 2;

        double[][,] dW = new IndexForm(Weights(), functions).Gradient(xs, ts, Cost.HalfSquared);
        double[][,] steps = ComplexStep.Gradient(Weights(), null, functions, x, HalfSquared).Weights;
        for (int k = 0; k < steps.Length; k++)
            Close.Holds(steps[k], dW[k + 1], $"∂e/∂W{k + 1} of {f}");

        (double[][,] dw, double[][,] db) = new RowVectors(Weights(), Biases(), [f, f, f]).Gradient(xs, ts);
        (steps, double[][] biasSteps) = ComplexStep.Gradient(Weights(), Biases(), functions, x, HalfSquared);
        for (int k = 0; k < steps.Length; k++)
        {
            Close.Holds(steps[k], dw[k + 1], $"∂C/∂w{k + 1} of {f}");
            Close.Holds(Numbers.Row(biasSteps[k]), db[k + 1], $"∂C/∂b{k + 1} of {f}");
        }

        BatchColumns columns = Columns(f);
        BatchColumns.Gradients gradients = columns.Backward(columns.Forward(Algebra.Transpose(x)), Algebra.Transpose(t));
        functions[^1] = [Function.Linear, Function.Linear];
        (steps, biasSteps) = ComplexStep.Gradient(Weights(), Biases(), functions, x, HalfSquared);
        double[][,] weights = [.. gradients.WH.Skip(1), gradients.WO];
        double[][,] biases = [.. gradients.bH.Skip(1), gradients.bO];
        for (int k = 0; k < steps.Length; k++)
        {
            Close.Holds(Algebra.Transpose(steps[k]), weights[k], $"∂L/∂W{k + 1} of {f}");
            Close.Holds(Algebra.Transpose(Numbers.Row(biasSteps[k])), biases[k], $"∂L/∂b{k + 1} of {f}");
        }
    }

    [Theory]
    [MemberData(nameof(Costs))]
    public void Each_ready_loss_has_its_own_derivative(string name)
    {
        Cost e = s_costs.Single(each => each.Name == name);
        double[] t = [0.2, 0.7, 0.4];
        double[] x = [0.6, 0.3, 0.45];
        Close.Holds(Differences.Gradient(() => e.Value(x, t), x), e.Derivative(x, t), name, Differences.Tolerance, 10);
    }

    [Theory]
    [MemberData(nameof(AnalyticFunctions))]
    public void Differences_and_complex_steps_find_each_functions_derivative(string name)
    {
        Function f = Named(name);
        for (double u = -3; u <= 3; u += 0.375)
        {
            Close.Holds(f.Derivative(u), ComplexStep.Derivative(f, u), $"{f}′({u})", 1e-2);
            Close.Within(f.Derivative(u), Differences.Derivative(f.Value, u), Differences.Tolerance, $"{f}′({u})");
        }
    }

    [Fact]
    public void Differences_put_back_what_they_moved()
    {
        double[,] at = { { 0.1, 0.2 } };
        double[,] gradient = Differences.Gradient(() => Math.Exp(at[0, 0]) * at[0, 1], at);
        Assert.Equal(new double[,] { { 0.1, 0.2 } }, at);
        Close.Holds(new double[,] { { 0.2 * Math.Exp(0.1), Math.Exp(0.1) } }, gradient, "∂", Differences.Tolerance);
    }

    [Fact]
    public void All_three_train_exclusive_or_until_their_losses_are_small()
    {
        double[,] x = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        double[,] t = { { 0 }, { 1 }, { 1 }, { 0 } };
        (double[][] xs, double[][] ts) = (Numbers.RowsOf(x), Numbers.RowsOf(t));
        double[,] hidden = { { 1.8, -1.6, 0.5 }, { -1.7, 1.9, 0.6 } };
        double[,] output = { { 1.1 }, { 1.2 }, { -0.5 } };
        double[] bias = [0.1, -0.2, 0.3];
        double[,] hiddenAndOnes = { { 1.8, -1.6, 0.5 }, { -1.7, 1.9, 0.6 }, { 0.1, -0.2, 0.3 } };
        double[][] xsAndOnes = [.. xs.Select(row => (double[])[.. row, 1])];

        var form = new IndexForm(
            [hiddenAndOnes, output], [[Function.Tanh, Function.Tanh, Function.Tanh], [Function.Linear]]);
        var rows = new RowVectors([hidden, output], [bias, [0.0]], [Function.Tanh, Function.Linear]);
        var columns = new BatchColumns([Algebra.Transpose(hidden)], [bias], [Function.Tanh], Algebra.Transpose(output), [0]);
        for (int step = 0; step < 500; step++)
        {
            form.Step(xsAndOnes, ts, Cost.HalfSquared, 0.1);
            rows.Step(xs, ts, 0.1);
            columns.Step(Algebra.Transpose(x), Algebra.Transpose(t), 0.1);
        }

        Assert.True(form.Loss(xsAndOnes, ts, Cost.HalfSquared) < 1e-3);
        Assert.True(rows.C(xs, ts) < 1e-3);
        Assert.True(columns.L(Algebra.Transpose(x), Algebra.Transpose(t)) < 1e-3);

        // Rows and columns are the same network, so they went the same way.
        Close.Holds(rows.C(xs, ts), columns.L(Algebra.Transpose(x), Algebra.Transpose(t)), "rows and columns", 0.1);
    }

    static void Check(Func<double> loss, double[,] at, double[,] gradient, string what) => Close.Holds(
        Differences.Gradient(loss, at), gradient, what, Differences.Tolerance, Math.Max(1, loss()));

    /// <summary>
    /// The first row with an output above 0 whose total inputs keep away from 0, so that no difference crosses it.
    /// </summary>
    static double[,] RowAwayFromKinks()
    {
        Function[][] functions = [.. s_widths[1..].Select(width => Enumerable.Repeat(Function.Relu, width).ToArray())];
        var form = new IndexForm(Weights(), functions);
        var rows = new RowVectors(Weights(), Biases(), [Function.Relu, Function.Relu, Function.Relu]);
        for (int seed = 2; seed < 10_000; seed++)
        {
            double[] row = Numbers.Vector(seed, 3);
            IEnumerable<double> totals = form.Values(row).U.SelectMany(each => each)
                .Concat(rows.Forward(row).z.SelectMany(each => each.Cast<double>()));
            bool alive = form.Values(row).X[^1].Max() > 0 && Close.Largest(rows.Forward(row).a[^1]) > 0;
            if (alive && totals.Min(Math.Abs) > 0.1)
                return Numbers.Row(row);
        }

        throw new InvalidOperationException("No row keeps away from the kinks.");
    }

    static Function Named(string name) => Function.All.Single(f => f.Name == name);

    static double[][,] Weights() => [.. Enumerable.Range(0, 3).Select(k => Numbers.Matrix(11 + k, s_widths[k], s_widths[k + 1]))];

    static double[][] Biases() => [.. Enumerable.Range(0, 3).Select(k => Numbers.Vector(21 + k, s_widths[k + 1]))];

    static BatchColumns Columns(Function f) => new(
        [.. Weights().Take(2).Select(Algebra.Transpose)], Biases()[..2], [f, f], Algebra.Transpose(Weights()[2]), Biases()[2]);

    static Complex Sum(Complex[][] outputs, double[,] t)
    {
        Complex sum = 0;
        for (int row = 0; row < outputs.Length; row++)
        {
            for (int j = 0; j < outputs[row].Length; j++)
                sum += (outputs[row][j] - t[row, j]) * (outputs[row][j] - t[row, j]);
        }

        return sum;
    }
}

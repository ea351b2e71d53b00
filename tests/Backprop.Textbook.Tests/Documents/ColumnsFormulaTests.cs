using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The formulas of "columns" held against the engine: N = 6 columns through layers 3 → 5 → 4 → 2, two hidden layers and a linear
/// output. Every matrix of the document is the transpose of the engine's; L is its half squared loss, summed.
/// </summary>
public sealed class ColumnsFormulaTests
{
    const int N = 6;
    const double Rate = 0.2;

    static readonly int[] s_widths = [3, 5, 4, 2];
    static readonly Function[] s_functions = [Function.Logistic, Function.Tanh, Function.Linear];
    static readonly EngineCase s_engine = Case(1, s_functions);

    static readonly int s_m = s_engine.n - 1;
    static readonly double[,] s_O = T(s_engine.X(s_engine.n));
    static readonly double[,] s_Y = T(EngineCase.Plain(s_engine.Targets));
    static readonly double[,] s_WO = T(s_engine.W(s_engine.n));
    static readonly double[,] s_bO = T(s_engine.b(s_engine.n));
    static readonly double[,] s_dO = T(s_engine.dX(s_engine.n));

    [Fact]
    [Trait("Formula", "columns 1")]
    public void Transposed_the_engines_matrices_have_the_documents_shapes_and_the_weights_those_that_the_products_need()
    {
        Assert.Equal((3, N), Shape(Ĥ(0)));
        Assert.Equal((5, 3), Shape(WH(1)));
        Assert.Equal((5, N), Shape(H(1)));
        Assert.Equal((5, N), Shape(Ĥ(1)));
        Assert.Equal((4, 5), Shape(WH(2)));
        Assert.Equal((4, N), Shape(H(2)));
        Assert.Equal((2, 4), Shape(s_WO));
        Assert.Equal((2, N), Shape(s_O));
        for (int h = 1; h <= s_m; h++)
        {
            Assert.Equal(Shape(WH(h)), Shape(dWH(h)));
            Assert.Equal((Shape(WH(h)).Rows, 1), Shape(dbH(h)));
        }

        // The values too, not the shapes alone: each column goes its own way.
        BatchColumns textbook = TextbookOf(s_engine);
        Close.Holds(textbook.Forward(Ĥ(0)).O, s_O, "O");
    }

    [Fact]
    [Trait("Formula", "columns 2")]
    public void Hidden_total_inputs_are_the_weights_by_the_values_before_plus_the_biases_in_every_column()
    {
        for (int h = 1; h <= s_m; h++)
            HoldsAffine(WH(h), Ĥ(h - 1), bH(h), H(h), $"H{h}");
    }

    [Fact]
    [Trait("Formula", "columns 3")]
    public void Hidden_values_are_the_function_of_each_element()
    {
        for (int h = 1; h <= s_m; h++)
            Close.Holds(Algebra.Map(s_functions[h - 1].Value, H(h)), Ĥ(h), $"Ĥ{h}");
    }

    [Fact]
    [Trait("Formula", "columns 4")]
    public void Outputs_are_the_weights_by_the_hidden_values_plus_the_biases_in_every_column() =>
        HoldsAffine(s_WO, Ĥ(s_m), s_bO, s_O, "O");

    [Fact]
    [Trait("Formula", "columns 5")]
    public void The_loss_is_half_the_sum_of_the_squares_over_outputs_and_columns()
    {
        double[,] off = Algebra.Difference(s_O, s_Y);
        Close.Holds(Algebra.Total(Algebra.Hadamard(off, off)) / 2, s_engine.Flow.BatchLoss, "L");
        Close.Holds(TextbookOf(s_engine).L(Ĥ(0), s_Y), s_engine.Flow.BatchLoss, "L");
    }

    [Fact]
    [Trait("Formula", "columns 6")]
    public void Every_parameter_becomes_itself_less_the_learning_rate_times_its_derivative()
    {
        Parameters<double> updated = s_engine.AfterUpdate(Rate);
        for (int k = 1; k <= s_engine.n; k++)
        {
            // Rounded once to 2⁻⁵³ of itself, below 2; nothing else is.
            Close.Holds(
                Algebra.Difference(s_engine.W(k), Algebra.Scale(Rate, s_engine.dW(k))), EngineCase.Plain(updated.Weights[k - 1]),
                $"W{k}", 0, 0, 4e-16);
            Close.Holds(
                Algebra.Difference(s_engine.b(k), Algebra.Scale(Rate, s_engine.db(k))), EngineCase.Plain(updated.Biases[k - 1]!),
                $"b{k}", 0, 0, 4e-16);
            Close.Differs(s_engine.W(k), EngineCase.Plain(updated.Weights[k - 1]), 1e-3, $"W{k} before and after");
            Close.Differs(s_engine.b(k), EngineCase.Plain(updated.Biases[k - 1]!), 1e-3, $"b{k} before and after");
        }
    }

    [Theory]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    [Trait("Formula", "columns 6")]
    public void The_engines_trainer_takes_the_documents_steps_under_the_mean_with_N_times_the_learning_rate(Reduction reduction)
    {
        EngineCase engine = Case(5, s_functions, reduction);
        BatchColumns textbook = TextbookOf(engine);
        const double α = 0.02;
        for (int step = 1; step <= 4; step++)
        {
            textbook.Step(T(engine.X(0)), T(EngineCase.Plain(engine.Targets)), α);
            Parameters<double> trained = engine.AfterTraining(reduction == Reduction.Sum ? α : α * N, step);
            for (int h = 1; h <= textbook.m; h++)
            {
                Close.Holds(textbook.WH[h], T(EngineCase.Plain(trained.Weights[h - 1])), $"W_H{h} after {step} steps");
                Close.Holds(textbook.bH[h], T(EngineCase.Plain(trained.Biases[h - 1]!)), $"b_H{h} after {step} steps");
            }

            Close.Holds(textbook.WO, T(EngineCase.Plain(trained.Weights[textbook.m])), $"W_O after {step} steps");
            Close.Holds(textbook.bO, T(EngineCase.Plain(trained.Biases[textbook.m]!)), $"b_O after {step} steps");
        }
    }

    [Fact]
    [Trait("Formula", "columns 7")]
    public void The_outputs_errors_are_outputs_less_targets()
    {
        Close.Holds(Algebra.Difference(s_O, s_Y), s_dO, "∂L/∂O");

        // The output is linear, so its total inputs have the same errors.
        Close.Holds(Algebra.Difference(s_O, s_Y), T(s_engine.dU(s_engine.n)), "∂L/∂O");
    }

    [Fact]
    [Trait("Formula", "columns 8")]
    public void Hidden_values_errors_are_the_transposed_weights_by_the_errors_that_follow()
    {
        Close.Holds(Algebra.Product(T(s_WO), s_dO), dĤ(s_m), $"∂L/∂Ĥ{s_m}");
        for (int h = s_m; h >= 1; h--)
            Close.Holds(Algebra.Product(T(WH(h)), dH(h)), dĤ(h - 1), $"∂L/∂Ĥ{h - 1}");
    }

    [Fact]
    [Trait("Formula", "columns 9")]
    public void Output_weights_errors_are_the_outputs_errors_by_the_transposed_hidden_values() =>
        Close.Holds(Algebra.Product(s_dO, T(Ĥ(s_m))), T(s_engine.dW(s_engine.n)), "∂L/∂W_O");

    [Fact]
    [Trait("Formula", "columns 10")]
    public void Output_biases_errors_are_the_outputs_errors_summed_over_the_columns() =>
        Close.Holds(SumOfColumns(s_dO), T(s_engine.db(s_engine.n)), "∂L/∂b_O");

    [Fact]
    [Trait("Formula", "columns 11")]
    public void Hidden_total_inputs_errors_are_those_of_the_values_times_the_slopes_which_of_a_logistic_follow_from_the_values()
    {
        double[,] fromValues = Algebra.Hadamard(Algebra.Hadamard(dĤ(1), Ĥ(1)), Algebra.Map(x => 1 - x, Ĥ(1)));
        Close.Holds(fromValues, dH(1), "∂L/∂H1 of logistic neurons");
        for (int h = 1; h <= s_m; h++)
            Close.Holds(Algebra.Hadamard(dĤ(h), Algebra.Map(s_functions[h - 1].Derivative, H(h))), dH(h), $"∂L/∂H{h}");
    }

    [Fact]
    [Trait("Formula", "columns 12")]
    public void Hidden_weights_errors_are_the_total_inputs_errors_by_the_transposed_values_before()
    {
        for (int h = 1; h <= s_m; h++)
            Close.Holds(Algebra.Product(dH(h), T(Ĥ(h - 1))), dWH(h), $"∂L/∂W_H{h}");
    }

    [Fact]
    [Trait("Formula", "columns 13")]
    public void Hidden_biases_errors_are_the_total_inputs_errors_summed_over_the_columns()
    {
        for (int h = 1; h <= s_m; h++)
            Close.Holds(SumOfColumns(dH(h)), dbH(h), $"∂L/∂b_H{h}");
    }

    [Fact]
    [Trait("Formula", "columns 9")]
    [Trait("Formula", "columns 10")]
    [Trait("Formula", "columns 12")]
    [Trait("Formula", "columns 13")]
    public void All_parameters_errors_are_the_derivatives_of_the_engines_loss()
    {
        EngineCase engine = Case(1, s_functions);
        for (int k = 1; k <= engine.n; k++)
        {
            Close.Holds(
                Differences.Gradient(engine.BatchLoss, engine.Parameters.Weights[k - 1]), engine.dW(k), $"∂L/∂W{k}",
                Differences.Tolerance, engine.Flow.BatchLoss);
            Close.Holds(
                Differences.Gradient(engine.BatchLoss, engine.Parameters.Biases[k - 1]!), engine.db(k), $"∂L/∂b{k}",
                Differences.Tolerance, engine.Flow.BatchLoss);
        }
    }

    [Fact]
    [Trait("Formula", "columns 7")]
    [Trait("Formula", "columns 8")]
    [Trait("Formula", "columns 11")]
    public void The_documents_gradients_are_the_engines()
    {
        BatchColumns textbook = TextbookOf(s_engine);
        BatchColumns.Gradients gradients = textbook.Backward(textbook.Forward(Ĥ(0)), s_Y);
        Close.Holds(gradients.O, s_dO, "∂L/∂O");
        Close.Holds(gradients.WO, T(s_engine.dW(s_engine.n)), "∂L/∂W_O");
        Close.Holds(gradients.bO, T(s_engine.db(s_engine.n)), "∂L/∂b_O");
        Close.Holds(gradients.Ĥ[0], dĤ(0), "∂L/∂I");
        for (int h = 1; h <= s_m; h++)
        {
            Close.Holds(gradients.Ĥ[h], dĤ(h), $"∂L/∂Ĥ{h}");
            Close.Holds(gradients.H[h], dH(h), $"∂L/∂H{h}");
            Close.Holds(gradients.WH[h], dWH(h), $"∂L/∂W_H{h}");
            Close.Holds(gradients.bH[h], dbH(h), $"∂L/∂b_H{h}");
        }
    }

    static double[,] H(int h) => T(s_engine.U(h));

    static double[,] Ĥ(int h) => T(s_engine.X(h));

    static double[,] WH(int h) => T(s_engine.W(h));

    static double[,] bH(int h) => T(s_engine.b(h));

    static double[,] dĤ(int h) => T(s_engine.dX(h));

    static double[,] dH(int h) => T(s_engine.dU(h));

    static double[,] dWH(int h) => T(s_engine.dW(h));

    static double[,] dbH(int h) => T(s_engine.db(h));

    static double[,] T(double[,] a) => Algebra.Transpose(a);

    static double[,] SumOfColumns(double[,] a) => T(Numbers.SumOfRows(T(a)));

    static (int Rows, int Columns) Shape(double[,] a) => (a.GetLength(0), a.GetLength(1));

    static void HoldsAffine(double[,] w, double[,] x, double[,] bias, double[,] actual, string what)
    {
        Assert.Equal((w.GetLength(0), N), Shape(actual));
        for (int i = 0; i < w.GetLength(0); i++)
        {
            for (int column = 0; column < N; column++)
            {
                (double sum, double terms) = Close.Sum(w.GetLength(1), d => w[i, d] * x[d, column]);
                Close.Holds((sum + bias[i, 0], terms + Math.Abs(bias[i, 0])), actual[i, column], $"{what} [{i}, {column}]");
            }
        }
    }

    static EngineCase Case(int seed, Function[] functions, Reduction reduction = Reduction.Sum) => EngineCase.Random(
        seed, s_widths, [.. functions.Select(each => new[] { each })], N, Loss.HalfSquared, reduction: reduction);

    static BatchColumns TextbookOf(EngineCase engine) => new(
        [.. Enumerable.Range(1, engine.n - 1).Select(k => T(engine.W(k)))],
        [.. Enumerable.Range(1, engine.n - 1).Select(k => Numbers.RowOf(engine.b(k), 0))],
        [.. engine.Functions.Take(engine.n - 1).Select(each => each[0])],
        T(engine.W(engine.n)), Numbers.RowOf(engine.b(engine.n), 0));
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The formulas of "rows" held against the engine, through layers 3 → 4 → 5 → 2 with a σ for each layer. w(i) = Wⁱ, b(i) = bⁱ,
/// a(i + 1) = Xⁱ, z(i + 1) = Uⁱ; C is the engine's half squared loss of one row.
/// </summary>
public sealed class RowsFormulaTests
{
    static readonly int[] s_widths = [3, 4, 5, 2];
    static readonly Function[] s_functions = [Function.Tanh, Function.Softplus, Function.Logistic];

    static readonly EngineCase s_one = Case(1, s_functions, 1);
    static readonly EngineCase s_many = Case(2, s_functions, 4);

    static int L => s_one.n + 1;

    [Fact]
    [Trait("Formula", "rows 1")]
    public void The_first_layers_values_are_the_input()
    {
        Assert.Equal(Numbers.Matrix(201, 1, 3), a(1));
        Assert.Equal(a(1), TextbookOf(s_one).Forward(Numbers.RowOf(a(1), 0)).a[1]);

        // What the engine's first product reads: without weights and biases but one, that one input.
        double[][,] pass = [new double[,] { { 0 }, { 1 }, { 0 } }];
        var engine = new EngineCase(pass, [[0]], [[Function.Linear]], a(1), new double[1, 1], Loss.HalfSquared);
        Assert.Equal(a(1)[0, 1], engine.X(1)[0, 0]);
    }

    [Fact]
    [Trait("Formula", "rows 2")]
    public void Total_inputs_are_the_values_before_times_the_weights_plus_the_biases()
    {
        for (int i = 2; i <= L; i++)
        {
            for (int j = 0; j < s_one.Width(i - 1); j++)
            {
                (double sum, double terms) = Close.Sum(s_one.Width(i - 2), m => a(i - 1)[0, m] * w(i - 1)[m, j]);
                Close.Holds((sum + b(i - 1)[0, j], terms + Math.Abs(b(i - 1)[0, j])), z(i)[0, j], $"z{i}_{j}");
            }

            Close.Holds(Algebra.Sum(Algebra.Product(a(i - 1), w(i - 1)), b(i - 1)), z(i), $"z{i}");
        }
    }

    [Fact]
    [Trait("Formula", "rows 3")]
    public void Values_are_the_layers_function_of_its_total_inputs()
    {
        for (int i = 2; i <= L; i++)
            Close.Holds(Algebra.Map(s_functions[i - 2].Value, z(i)), a(i), $"a{i}");
    }

    [Fact]
    [Trait("Formula", "rows 4")]
    public void The_engines_logistic_is_one_over_one_plus_e_to_the_minus_z()
    {
        EngineCase logistic = Case(3, [Function.Logistic, Function.Logistic, Function.Logistic], 3);
        for (int k = 1; k <= logistic.n; k++)
            Close.Holds(Algebra.Map(u => 1 / (1 + Math.Exp(-u)), logistic.U(k)), logistic.X(k), $"σ(z{k + 1})");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [Trait("Formula", "rows 5")]
    public void The_cost_is_half_the_sum_of_the_squares_over_outputs_and_rows(int rows)
    {
        EngineCase engine = rows == 1 ? s_one : s_many;
        double[,] off = Algebra.Difference(EngineCase.Plain(engine.Targets), engine.X(engine.n));
        Close.Holds(Algebra.Total(Algebra.Hadamard(off, off)) / 2, engine.Flow.BatchLoss, "C");
        Close.Holds(
            TextbookOf(engine).C(Numbers.RowsOf(engine.X(0)), Numbers.RowsOf(EngineCase.Plain(engine.Targets))),
            engine.Flow.BatchLoss, "C");
    }

    [Fact]
    [Trait("Formula", "rows 6")]
    public void To_first_order_the_cost_changes_by_the_sum_over_all_weights_and_biases_of_derivative_times_change()
    {
        EngineCase engine = Case(1, s_functions, 1);
        int[] layers = [.. Enumerable.Range(1, engine.n)];
        double[][,] Δw = [.. layers.Select(k => Numbers.Matrix(40 + k, engine.Width(k - 1), engine.Width(k)))];
        double[][,] Δb = [.. layers.Select(k => Numbers.Matrix(50 + k, 1, engine.Width(k)))];
        double first = layers.Sum(k => SumOfProducts(engine.dW(k), Δw[k - 1]) + SumOfProducts(engine.db(k), Δb[k - 1]));
        Close.Within(Along(engine, Δw, Δb), first, Differences.Tolerance * Math.Max(1, Math.Abs(first)), "ΔC");
        Assert.True(Math.Abs(first) > 1e-2, "a change that is there");
    }

    [Fact]
    [Trait("Formula", "rows 7")]
    public void The_last_layers_error_is_its_values_less_the_target() =>
        Close.Holds(Algebra.Difference(a(L), EngineCase.Plain(s_one.Targets)), da(L), "∂C/∂al");

    [Fact]
    [Trait("Formula", "rows 8")]
    public void Errors_of_values_are_those_of_the_next_layer_times_its_slopes_by_the_transposed_weights()
    {
        for (int i = L - 1; i >= 1; i--)
        {
            double[,] expected = Algebra.Product(Algebra.Hadamard(da(i + 1), Slope(i + 1)), Algebra.Transpose(w(i)));
            Close.Holds(expected, da(i), $"∂C/∂a{i}");
        }
    }

    [Fact]
    [Trait("Formula", "rows 9")]
    public void Errors_of_weights_are_the_transposed_values_by_the_next_layers_errors_times_its_slopes()
    {
        for (int i = L - 1; i >= 1; i--)
        {
            double[,] expected = Algebra.Product(Algebra.Transpose(a(i)), Algebra.Hadamard(da(i + 1), Slope(i + 1)));
            Close.Holds(expected, s_one.dW(i), $"∂C/∂w{i}");
        }
    }

    [Fact]
    [Trait("Formula", "rows 10")]
    public void Errors_of_biases_are_the_next_layers_errors_times_its_slopes()
    {
        for (int i = L - 1; i >= 1; i--)
            Close.Holds(Algebra.Hadamard(da(i + 1), Slope(i + 1)), s_one.db(i), $"∂C/∂b{i}");
    }

    [Fact]
    [Trait("Formula", "rows delta")]
    public void Delta_is_the_error_of_the_values_times_the_slopes_in_every_layer_that_has_slopes()
    {
        for (int i = 2; i <= L; i++)
            Close.Holds(Algebra.Hadamard(da(i), Slope(i)), δ(i), $"δ{i}");
    }

    [Fact]
    [Trait("Formula", "rows 11")]
    public void The_last_delta_is_the_difference_to_the_target_times_the_slopes() => Close.Holds(
        Algebra.Hadamard(Algebra.Difference(a(L), EngineCase.Plain(s_one.Targets)), Slope(L)), δ(L), "δl");

    [Fact]
    [Trait("Formula", "rows 12")]
    public void A_delta_is_the_next_one_by_the_transposed_weights_and_then_times_the_slopes()
    {
        for (int i = L - 1; i >= 2; i--)
            Close.Holds(Algebra.Hadamard(Algebra.Product(δ(i + 1), Algebra.Transpose(w(i))), Slope(i)), δ(i), $"δ{i}");
    }

    [Fact]
    [Trait("Formula", "rows 13")]
    public void Errors_of_weights_are_the_transposed_values_by_the_next_delta_of_one_row_and_of_stacked_rows()
    {
        foreach (EngineCase engine in (EngineCase[])[s_one, s_many])
        {
            for (int i = 1; i <= engine.n; i++)
            {
                double[,] expected = Algebra.Product(Algebra.Transpose(engine.X(i - 1)), engine.dU(i));
                Close.Holds(expected, engine.dW(i), $"∂C/∂w{i} of {engine.Rows} rows");
            }
        }
    }

    [Fact]
    [Trait("Formula", "rows 14")]
    public void Errors_of_biases_are_the_next_delta_and_of_several_rows_the_sum_of_theirs()
    {
        for (int i = 1; i <= s_one.n; i++)
        {
            Close.Holds(δ(i + 1), s_one.db(i), $"∂C/∂b{i}");
            Close.Holds(Numbers.SumOfRows(s_many.dU(i)), s_many.db(i), $"∂C/∂b{i} of 4 rows");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [Trait("Formula", "rows 9")]
    [Trait("Formula", "rows 10")]
    [Trait("Formula", "rows 13")]
    [Trait("Formula", "rows 14")]
    public void Long_form_delta_form_and_engine_agree_and_are_the_derivatives_of_the_engines_cost(int rows)
    {
        EngineCase engine = Case(6, s_functions, rows);
        RowVectors textbook = TextbookOf(engine);
        double[][] x = Numbers.RowsOf(engine.X(0));
        double[][] y = Numbers.RowsOf(EngineCase.Plain(engine.Targets));
        (double[][,] dw, double[][,] db) = textbook.Gradient(x, y);
        RowVectors.Derivatives[] longForms = [.. x.Zip(y, (from, to) => textbook.LongForm(textbook.Forward(from), to))];
        for (int i = 1; i <= engine.n; i++)
        {
            Close.Holds(dw[i], engine.dW(i), $"∂C/∂w{i} by deltas");
            Close.Holds(db[i], engine.db(i), $"∂C/∂b{i} by deltas");
            Close.Holds(longForms.Select(each => each.w[i]).Aggregate(Algebra.Sum), engine.dW(i), $"∂C/∂w{i} by the long form");
            Close.Holds(longForms.Select(each => each.b[i]).Aggregate(Algebra.Sum), engine.db(i), $"∂C/∂b{i} by the long form");
            Close.Holds(
                Differences.Gradient(engine.BatchLoss, engine.Parameters.Weights[i - 1]), engine.dW(i), $"∂C/∂w{i}",
                Differences.Tolerance, engine.Flow.BatchLoss);
            Close.Holds(
                Differences.Gradient(engine.BatchLoss, engine.Parameters.Biases[i - 1]!), engine.db(i), $"∂C/∂b{i}",
                Differences.Tolerance, engine.Flow.BatchLoss);
        }

        Close.Holds(longForms[0].a[1], Numbers.Row(Numbers.RowOf(engine.dX(0), 0)), "∂C/∂a1 of the first row");
    }

    [Fact]
    [Trait("Formula", "rows descent")]
    public void A_step_with_the_learning_rate_one_changes_weights_and_biases_by_minus_their_derivatives()
    {
        Parameters<double> updated = s_one.AfterUpdate(1);
        for (int i = 1; i <= s_one.n; i++)
        {
            // The new parameter is rounded once to 2⁻⁵³ of itself, below 2; nothing else is.
            double[,] Δw = Algebra.Difference(EngineCase.Plain(updated.Weights[i - 1]), w(i));
            double[,] Δb = Algebra.Difference(EngineCase.Plain(updated.Biases[i - 1]!), b(i));
            Close.Holds(Algebra.Scale(-1, s_one.dW(i)), Δw, $"Δw{i}", 0, 0, 4e-16);
            Close.Holds(Algebra.Scale(-1, s_one.db(i)), Δb, $"Δb{i}", 0, 0, 4e-16);
        }
    }

    [Fact]
    [Trait("Formula", "rows descent")]
    public void Along_the_engines_step_the_cost_falls_by_the_sum_of_all_squared_derivatives()
    {
        EngineCase engine = Case(1, s_functions, 1);
        Parameters<double> updated = engine.AfterUpdate(1);
        int[] layers = [.. Enumerable.Range(1, engine.n)];
        double[][,] Δw = [.. layers.Select(k => Algebra.Difference(EngineCase.Plain(updated.Weights[k - 1]), engine.W(k)))];
        double[][,] Δb = [.. layers.Select(k => Algebra.Difference(EngineCase.Plain(updated.Biases[k - 1]!), engine.b(k)))];
        double squares = layers.Sum(k => SumOfProducts(engine.dW(k), engine.dW(k)) + SumOfProducts(engine.db(k), engine.db(k)));
        Close.Within(-squares, Along(engine, Δw, Δb), Differences.Tolerance, "ΔC");
        Assert.True(squares > 1e-2, "a gradient that is there");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [Trait("Formula", "rows descent")]
    public void The_engines_trainer_takes_the_documents_steps(int rows)
    {
        EngineCase engine = Case(8, s_functions, rows);
        RowVectors textbook = TextbookOf(engine);
        double η = 1.0 / rows;
        for (int step = 1; step <= 4; step++)
        {
            textbook.Step(Numbers.RowsOf(engine.X(0)), Numbers.RowsOf(EngineCase.Plain(engine.Targets)), η);
            Parameters<double> trained = engine.AfterTraining(η, step);
            for (int i = 1; i <= engine.n; i++)
            {
                Close.Holds(textbook.w[i], EngineCase.Plain(trained.Weights[i - 1]), $"w{i} after {step} steps");
                Close.Holds(textbook.b[i], EngineCase.Plain(trained.Biases[i - 1]!), $"b{i} after {step} steps");
            }
        }
    }

    static double[,] a(int i) => s_one.X(i - 1);

    static double[,] z(int i) => s_one.U(i - 1);

    static double[,] w(int i) => s_one.W(i);

    static double[,] b(int i) => s_one.b(i);

    static double[,] da(int i) => s_one.dX(i - 1);

    static double[,] δ(int i) => s_one.dU(i - 1);

    static double[,] Slope(int i) => Algebra.Map(s_functions[i - 2].Derivative, z(i));

    static double SumOfProducts(double[,] a, double[,] b) => Algebra.Total(Algebra.Hadamard(a, b));

    static EngineCase Case(int seed, Function[] functions, int rows) =>
        EngineCase.Random(seed, s_widths, [.. functions.Select(each => new[] { each })], rows, Loss.HalfSquared);

    static RowVectors TextbookOf(EngineCase engine) => new(
        [.. Enumerable.Range(1, engine.n).Select(engine.W)],
        [.. Enumerable.Range(1, engine.n).Select(k => Numbers.RowOf(engine.b(k), 0))],
        [.. engine.Functions.Select(each => each[0])]);

    /// <summary>dC/ds of the engine's C with the parameters w + s·Δw, b + s·Δb, at s = 0.</summary>
    static double Along(EngineCase engine, double[][,] Δw, double[][,] Δb) => Differences.Derivative(
        s =>
        {
            for (int k = 1; k <= engine.n; k++)
            {
                EngineCase.Fill(engine.Parameters.Weights[k - 1], Algebra.Sum(engine.W(k), Algebra.Scale(s, Δw[k - 1])));
                EngineCase.Fill(engine.Parameters.Biases[k - 1]!, Algebra.Sum(engine.b(k), Algebra.Scale(s, Δb[k - 1])));
            }

            return engine.BatchLoss();
        },
        0);
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The formulas of "indices" held against the engine: one row through levels 3 → 4 → 5 → 2, a function for each node, no biases.
/// </summary>
public sealed class IndicesFormulaTests
{
    const double Rate = 0.3;

    static readonly int[] s_widths = [3, 4, 5, 2];

    static readonly Function[][] s_functions =
    [
        [Function.Tanh, Function.Softplus, Function.Sine],
        [Function.Logistic, Function.Tanh, Function.Linear],
        [Function.Logistic, Function.Sine],
    ];

    static readonly EngineCase s_one = EngineCase.Random(1, s_widths, s_functions, 1, Loss.Squared, bias: false);
    static readonly EngineCase s_many = EngineCase.Random(2, s_widths, s_functions, 4, Loss.Squared, bias: false);

    public static TheoryData<string> Losses => new("squared", "half-squared", "logistic-cross-entropy", "softmax-cross-entropy");

    [Fact]
    [Trait("Formula", "indices 1")]
    public void Values_flow_from_outputs_over_weights_to_total_inputs_and_by_each_nodes_function_to_outputs()
    {
        for (int k = 1; k <= s_one.n; k++)
        {
            (double[,] w, double[,] below, double[,] u, double[,] x) = (s_one.W(k), s_one.X(k - 1), s_one.U(k), s_one.X(k));
            for (int i = 0; i < s_one.Width(k); i++)
            {
                Close.Holds(Close.Sum(s_one.Width(k - 1), m => w[m, i] * below[0, m]), u[0, i], $"U{k}_{i}");
                Close.Holds(s_one.Functions[k - 1][i].Value(u[0, i]), x[0, i], $"X{k}_{i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    [Trait("Formula", "indices 1")]
    [Trait("Formula", "indices 2")]
    public void The_documents_value_flow_and_error_flow_under_any_loss_are_the_engines(string name)
    {
        (EngineCase engine, Cost e) = Under(name);
        IndexForm form = FormOf(engine);
        IndexForm.ValueFlow values = form.Values(Numbers.RowOf(engine.X(0), 0));
        IndexForm.ErrorFlow errors = form.Errors(values, Numbers.RowOf(EngineCase.Plain(engine.Targets), 0), e);
        for (int k = 1; k <= engine.n; k++)
        {
            bool joint = k == engine.n && engine.Loss.Kind != LossKind.Plain;
            bool softmax = joint && engine.Loss.Kind == LossKind.Softmax;
            Close.Holds(values.U[k], Numbers.RowOf(engine.U(k), 0), $"U{k}");
            if (!softmax)
                Close.Holds(values.X[k], Numbers.RowOf(engine.X(k), 0), $"X{k}");
            if (!joint)
                Close.Holds(errors.X[k], Numbers.RowOf(engine.dX(k), 0), $"∂e/∂X{k}");
            Close.Holds(errors.U[k], Numbers.RowOf(engine.dU(k), 0), $"∂e/∂U{k}");
            Close.Holds(errors.W[k], engine.dW(k), $"∂e/∂W{k}");
        }

        Close.Holds(errors.X[0], Numbers.RowOf(engine.dX(0), 0), "∂e/∂X0");
        Close.Holds(e.Value(values.X[engine.n], Numbers.RowOf(EngineCase.Plain(engine.Targets), 0)), engine.Flow.BatchLoss, "e");
    }

    [Fact]
    [Trait("Formula", "indices 2")]
    public void The_error_flow_starts_at_the_losss_own_derivative()
    {
        double[] x = Numbers.RowOf(s_one.X(s_one.n), 0);
        double[] t = Numbers.RowOf(EngineCase.Plain(s_one.Targets), 0);
        double[] differences = Differences.Gradient(() => x.Zip(t, (a, b) => (a - b) * (a - b)).Sum(), x);
        Close.Holds(differences, Numbers.RowOf(s_one.dX(s_one.n), 0), "∂e/∂Xn");
    }

    [Fact]
    [Trait("Formula", "indices 3")]
    public void An_outputs_error_is_the_sum_over_the_next_levels_errors_times_how_their_total_inputs_follow_it()
    {
        for (int k = 0; k < s_one.n; k++)
        {
            EngineCase next = LevelAlone(k + 1);
            double[][,] slopes = [.. Enumerable.Range(0, next.Width(1)).Select(
                l => Differences.Gradient(() => next.Record().Layers[0].U[0, l], next.Inputs))];
            for (int i = 0; i < s_one.Width(k); i++)
            {
                (double, double) sum = Close.Sum(s_one.Width(k + 1), l => s_one.dU(k + 1)[0, l] * slopes[l][0, i]);
                Close.Holds(sum, s_one.dX(k)[0, i], $"∂e/∂X{k}_{i}");
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 4")]
    public void The_same_with_the_next_levels_total_inputs_written_as_sums()
    {
        for (int k = 0; k < s_one.n; k++)
        {
            (double[,] w, double[] x) = (s_one.W(k + 1), Numbers.RowOf(s_one.X(k), 0));
            double[][] slopes = [.. Enumerable.Range(0, s_one.Width(k + 1)).Select(
                l => Differences.Gradient(() => Close.Sum(x.Length, m => w[m, l] * x[m]).Value, x))];
            for (int i = 0; i < x.Length; i++)
            {
                (double, double) sum = Close.Sum(s_one.Width(k + 1), l => s_one.dU(k + 1)[0, l] * slopes[l][i]);
                Close.Holds(sum, s_one.dX(k)[0, i], $"∂e/∂X{k}_{i}");
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 5")]
    public void An_outputs_error_is_the_sum_over_the_next_levels_errors_times_the_weights_to_them()
    {
        for (int k = 0; k < s_one.n; k++)
        {
            for (int i = 0; i < s_one.Width(k); i++)
            {
                (double, double) sum = Close.Sum(s_one.Width(k + 1), l => s_one.dU(k + 1)[0, l] * s_one.W(k + 1)[i, l]);
                Close.Holds(sum, s_one.dX(k)[0, i], $"∂e/∂X{k}_{i}");
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 6")]
    public void A_total_inputs_error_is_the_outputs_error_times_how_the_output_follows_the_total_input()
    {
        ForEachNode((k, i) =>
        {
            double slope = ComplexStep.Derivative(s_one.Functions[k - 1][i], s_one.U(k)[0, i]);
            Close.Holds(s_one.dX(k)[0, i] * slope, s_one.dU(k)[0, i], $"∂e/∂U{k}_{i}");
        });
    }

    [Fact]
    [Trait("Formula", "indices 7")]
    public void A_total_inputs_error_is_the_outputs_error_times_the_functions_derivative_at_the_total_input()
    {
        ForEachNode((k, i) =>
        {
            double slope = s_one.Functions[k - 1][i].Derivative(s_one.U(k)[0, i]);
            Close.Holds(slope, s_one.Flow.Layers[k - 1].Derivative![0, i], $"∂f{k}_{i}");
            Close.Holds(s_one.dX(k)[0, i] * slope, s_one.dU(k)[0, i], $"∂e/∂U{k}_{i}");
        });
    }

    [Fact]
    [Trait("Formula", "indices 8")]
    public void A_hidden_total_inputs_error_comes_from_the_next_levels_errors_weights_and_its_own_derivative()
    {
        ForEachNode((k, i) =>
        {
            if (k == s_one.n)
                return;

            (double sum, double terms) = Close.Sum(s_one.Width(k + 1), l => s_one.dU(k + 1)[0, l] * s_one.W(k + 1)[i, l]);
            double slope = s_one.Functions[k - 1][i].Derivative(s_one.U(k)[0, i]);
            Close.Holds((sum * slope, Math.Abs(terms * slope)), s_one.dU(k)[0, i], $"∂e/∂U{k}_{i}");
        });
    }

    [Fact]
    [Trait("Formula", "indices 9")]
    public void A_weights_error_is_its_total_inputs_error_times_how_that_follows_the_weight()
    {
        for (int k = 1; k <= s_one.n; k++)
        {
            EngineCase level = LevelAlone(k);
            for (int j = 0; j < s_one.Width(k); j++)
            {
                double[,] slopes = Differences.Gradient(() => level.Record().Layers[0].U[0, j], level.Parameters.Weights[0]);
                for (int i = 0; i < s_one.Width(k - 1); i++)
                {
                    double expected = s_one.dU(k)[0, j] * slopes[i, j];
                    Close.Holds(expected, s_one.dW(k)[i, j], $"∂e/∂W{k}_{i}{j}", Math.Abs(s_one.dU(k)[0, j]));
                }
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 10")]
    public void The_same_with_the_total_input_written_as_a_sum()
    {
        for (int k = 1; k <= s_one.n; k++)
        {
            (double[,] w, double[,] x) = (s_one.W(k), s_one.X(k - 1));
            for (int j = 0; j < s_one.Width(k); j++)
            {
                double[,] slopes = Differences.Gradient(() => Close.Sum(x.GetLength(1), l => x[0, l] * w[l, j]).Value, w);
                for (int i = 0; i < s_one.Width(k - 1); i++)
                {
                    double expected = s_one.dU(k)[0, j] * slopes[i, j];
                    Close.Holds(expected, s_one.dW(k)[i, j], $"∂e/∂W{k}_{i}{j}", Math.Abs(s_one.dU(k)[0, j]));
                }
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 11")]
    public void A_weights_error_is_its_total_inputs_error_times_the_output_that_it_weighs_summed_over_the_rows()
    {
        foreach (EngineCase engine in (EngineCase[])[s_one, s_many])
        {
            for (int k = 1; k <= engine.n; k++)
            {
                for (int i = 0; i < engine.Width(k - 1); i++)
                {
                    for (int j = 0; j < engine.Width(k); j++)
                    {
                        Close.Holds(
                            Close.Sum(engine.Rows, row => engine.dU(k)[row, j] * engine.X(k - 1)[row, i]), engine.dW(k)[i, j],
                            $"∂e/∂W{k}_{i}{j} of {engine.Rows} rows");
                    }
                }
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 11")]
    public void Every_weights_error_is_the_derivative_of_the_engines_loss()
    {
        for (int k = 1; k <= s_many.n; k++)
        {
            double[,] differences = Differences.Gradient(s_many.BatchLoss, s_many.Parameters.Weights[k - 1]);
            Close.Holds(differences, s_many.dW(k), $"∂e/∂W{k}", Differences.Tolerance, s_many.Flow.BatchLoss);
        }
    }

    [Fact]
    [Trait("Formula", "indices 12")]
    public void An_increment_is_minus_the_learning_rate_times_the_weights_error()
    {
        Parameters<double> updated = s_one.AfterUpdate(Rate);
        for (int k = 1; k <= s_one.n; k++)
        {
            double[,] increment = Algebra.Difference(EngineCase.Plain(updated.Weights[k - 1]), s_one.W(k));
            for (int i = 0; i < s_one.Width(k - 1); i++)
            {
                for (int j = 0; j < s_one.Width(k); j++)
                {
                    // The new weight is rounded once to 2⁻⁵³ of itself, below 2; nothing else is.
                    Close.Within(-Rate * s_one.dW(k)[i, j], increment[i, j], 4e-16, $"ΔW{k}_{i}{j}");
                    Assert.NotEqual(0, increment[i, j]);
                }
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 12")]
    [Trait("Formula", "indices 13")]
    public void Weights_after_t_iterations_of_the_engines_trainer_are_those_before_plus_their_increments()
    {
        IndexForm form = FormOf(s_many);
        double[][] x = Numbers.RowsOf(s_many.X(0));
        double[][] t = Numbers.RowsOf(EngineCase.Plain(s_many.Targets));
        for (int iteration = 1; iteration <= 5; iteration++)
        {
            double[][,] before = [.. form.W];
            double[][,] increments = IndexForm.Increments(form.Gradient(x, t, Cost.Squared), Rate / 4);
            form.Step(x, t, Cost.Squared, Rate / 4);
            Parameters<double> trained = s_many.AfterTraining(Rate / 4, iteration);
            for (int k = 1; k <= form.n; k++)
            {
                double[,] after = EngineCase.Plain(trained.Weights[k - 1]);
                Close.Holds(Algebra.Sum(before[k], increments[k]), after, $"W{k}({iteration})");
                Close.Holds(form.W[k], after, $"W{k}({iteration})");
                Close.Differs(before[k], after, 1e-3, $"W{k}({iteration}) and W{k}({iteration - 1})");
            }
        }
    }

    [Fact]
    [Trait("Formula", "indices 1")]
    [Trait("Formula", "indices 11")]
    public void The_engines_bias_is_the_weight_from_a_node_that_is_always_one()
    {
        EngineCase engine = EngineCase.Random(5, [3, 4, 2], [[Function.Tanh], [Function.Logistic]], 1, Loss.Squared);
        var one = new Function("one", _ => 1, _ => 0);
        var weights = new double[2][,];
        for (int k = 1; k <= 2; k++)
        {
            // A last row of biases, and where a level follows, a last node that is always one, whatever its weights.
            weights[k - 1] = Numbers.Matrix(9, engine.Width(k - 1) + 1, engine.Width(k) + (k == 1 ? 1 : 0));
            for (int j = 0; j < engine.Width(k); j++)
            {
                for (int i = 0; i < engine.Width(k - 1); i++)
                    weights[k - 1][i, j] = engine.W(k)[i, j];
                weights[k - 1][engine.Width(k - 1), j] = engine.b(k)[0, j];
            }
        }

        var form = new IndexForm(weights, [[.. engine.Functions[0], one], engine.Functions[1]]);
        IndexForm.ErrorFlow errors = form.Errors(
            form.Values([.. Numbers.RowOf(engine.X(0), 0), 1]), Numbers.RowOf(EngineCase.Plain(engine.Targets), 0), Cost.Squared);
        for (int k = 1; k <= 2; k++)
        {
            for (int j = 0; j < engine.Width(k); j++)
            {
                Close.Holds(errors.W[k][engine.Width(k - 1), j], engine.db(k)[0, j], $"∂e/∂b{k}_{j}");
                Close.Holds(errors.W[k][0, j], engine.dW(k)[0, j], $"∂e/∂W{k}_0{j}");
            }
        }
    }

    static void ForEachNode(Action<int, int> check)
    {
        for (int k = 1; k <= s_one.n; k++)
        {
            for (int i = 0; i < s_one.Width(k); i++)
                check(k, i);
        }
    }

    /// <summary>Level k as a network of its own, which takes what the levels before made of the row.</summary>
    static EngineCase LevelAlone(int k) => new(
        [s_one.W(k)], null, [s_one.Functions[k - 1]], s_one.X(k - 1), new double[1, s_one.Width(k)], Loss.Squared);

    static IndexForm FormOf(EngineCase engine) =>
        new([.. Enumerable.Range(1, engine.n).Select(engine.W)], engine.Functions);

    static (EngineCase Engine, Cost E) Under(string name)
    {
        Loss loss = Loss.Parse(name);
        if (loss.Kind == LossKind.Plain)
        {
            return (
                EngineCase.Random(3, s_widths, s_functions, 1, loss, bias: false),
                name == "squared" ? Cost.Squared : Cost.HalfSquared);
        }

        if (loss.Kind == LossKind.Joint)
        {
            Function[][] functions = [s_functions[0], s_functions[1], [Function.Logistic]];
            return (EngineCase.Random(3, s_widths, functions, 1, loss, bias: false), Cost.LogisticCrossEntropy);
        }

        double[][,] weights = [Numbers.Matrix(6, 3, 4), Numbers.Matrix(7, 4, 3)];
        Function[][] linear = [[.. Enumerable.Repeat(Function.Sine, 4)], [.. Enumerable.Repeat(Function.Linear, 3)]];
        var softmax = new EngineCase(
            weights, null, linear, Numbers.Matrix(8, 1, 3), new[,] { { 0.2, 0.5, 0.3 } }, loss, softmax: true);
        return (softmax, Cost.SoftmaxCrossEntropy);
    }
}

using Backprop.Engine;
using Xunit;
using static Backprop.Textbook.Tests.LikelihoodCase;

namespace Backprop.Textbook.Tests;

/// <summary>"likelihood" (19)–(30), mended: the engine's ∂Ln/∂W and what leads to it, with logistic hidden neurons.</summary>
public sealed class LikelihoodHiddenFormulaTests
{
    const double Alpha = 0.3;

    readonly LikelihoodCase _case = Of(Function.Logistic);

    /// <summary>Targets whose sum over a row is 1.7: what needs Σt = 1 does not hold for them.</summary>
    readonly LikelihoodCase _unnormalized = Of(Function.Logistic, targetSum: 1.7);

    [Fact]
    [Trait("Formula", "likelihood 19")]
    public void Ln_is_derived_term_by_term() =>
        ForEachW((d, m) => HoldsW(d, m, _case, Pairs((n, k1) => _case.PartialLnW(n, k1, d, m))));

    [Fact]
    [Trait("Formula", "likelihood 20")]
    public void Ln_is_a_function_of_the_a_alone()
    {
        for (int n = 0; n < _case.N; n++)
        {
            double[] y = Likelihood.Softmax([.. Enumerable.Range(0, _case.K).Select(k => _case.A(n, k))]);
            Close.Holds(
                Close.Sum(_case.K, k => _case.T(n, k) * Math.Log(y[k])), -_case.Engine.Flow.RowLosses[n],
                "Ln of a row from its a");
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 21")]
    public void A_derivative_is_the_sum_over_all_a_of_two_derivatives()
    {
        ForEachW((d, m) => HoldsW(d, m, _case, Pairs((n, k) => _case.PartialLnA(n, k) * _case.PartialAW(n, k, d, m))));
        for (int n = 0; n < _case.N; n++)
        {
            for (int k = 0; k < _case.K; k++)
                Close.Holds(_case.PartialLnA(n, k), -_case.Engine.Flow.Layers[1].Delta[n, k], "∂Ln/∂a", 1);
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 22")]
    public void Each_output_is_reached_through_every_a() => ForEachW((d, m) => HoldsW(
        d, m, _case,
        Triples((n, k1, k) =>
            _case.PartialLnY(n, k1) * _case.PartialYA(n, k1, k) * _case.PartialAZ(n, k, m) * _case.PartialZW(n, d, m))));

    [Fact]
    [Trait("Formula", "likelihood 23")]
    public void Each_terms_derivative_by_its_output_is_t_over_y() => ForEachW((d, m) => HoldsW(
        d, m, _case,
        Triples((n, k1, k) => _case.T(n, k1) * (1 / _case.Y(n, k1)) * _case.PartialYA(n, k1, k) * _case.PartialAZ(n, k, m)
            * _case.PartialZW(n, d, m))));

    [Fact]
    [Trait("Formula", "likelihood 24")]
    public void In_each_term_the_output_cancels() => ForEachW((d, m) =>
    {
        foreach (LikelihoodCase each in new[] { _case, _unnormalized })
        {
            HoldsW(
                d, m, each,
                Triples((n, k1, k) => each.T(n, k1) * (1 / each.Y(n, k1)) * each.Y(n, k1) * (Delta(k, k1) - each.Y(n, k))
                    * each.PartialAZ(n, k, m) * each.PartialZW(n, d, m)));
        }
    });

    [Fact]
    [Trait("Formula", "likelihood 25")]
    public void Where_the_targets_sum_is_1_the_difference_remains() => ForEachW((d, m) => HoldsW(
        d, m, _case,
        Pairs((n, k) => (_case.T(n, k) - _case.Y(n, k)) * _case.PartialAZ(n, k, m) * _case.PartialZW(n, d, m))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Formula", "likelihood 27")]
    public void The_hidden_outputs_are_logistic_with_the_bias_of_3_or_without_as_printed(bool bias)
    {
        EngineCase engine = bias ? _case.Engine : WithoutBiases();
        for (int n = 0; n < _case.N; n++)
        {
            for (int m = 0; m < _case.M; m++)
            {
                (double u, double terms) = Close.Sum(_case.D, d => _case.W[d, m] * _case.X(n, d));
                u += bias ? _case.B[m] : 0;
                terms += bias ? Math.Abs(_case.B[m]) : 0;
                Close.Holds((u, terms), engine.Flow.Layers[0].U[n, m], "ΣWx");
                Close.Holds(1 / (1 + Math.Exp(-u)), engine.Flow.Layers[0].X[n, m], "z", terms);
            }
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 28")]
    public void An_a_moves_with_a_hidden_output_by_the_weight_between_them_with_bias_or_without()
    {
        LikelihoodCase linear = Of(Function.Logistic, LikelihoodOutput.Linear);
        for (int k1 = 0; k1 < _case.K; k1++)
        {
            // Under ½(y − t)² of y = a with t = a − 1 in one place, ∂e/∂a is 1 there and 0 elsewhere, so that ∂e/∂z is ∂aₖ′/∂z.
            double[,] t = Algebra.Map(a => a, linear.Engine.X(2));
            for (int n = 0; n < _case.N; n++)
                t[n, k1] -= 1;
            EngineCase unit = linear.WithTargets(t, Loss.HalfSquared);
            for (int n = 0; n < _case.N; n++)
            {
                for (int m = 0; m < _case.M; m++)
                {
                    Close.Holds(_case.V[m, k1], unit.Flow.Layers[0].OutputErrors![n, m], "∂a/∂z by the engine", 1);
                    Close.Holds(_case.V[m, k1], _case.PartialAZ(n, k1, m), "∂a/∂z by a complex step", 1);
                }
            }
        }
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("tanh")]
    [Trait("Formula", "likelihood 29")]
    public void A_hidden_output_moves_with_its_weight_by_the_slope_of_its_own_function_times_x(string name)
    {
        LikelihoodCase each = Of(Function.All.Single(f => f.Name == name));
        for (int n = 0; n < each.N; n++)
        {
            for (int m = 0; m < each.M; m++)
            {
                // One row through the hidden layer alone under ½(z − t)² with t = z − 1 in one place.
                double[,] x = Numbers.Row(Numbers.RowOf(each.AllX, n));
                double[,] t = Numbers.Row([.. Enumerable.Range(0, each.M).Select(i => each.Z(n, i) - Delta(i, m))]);
                var unit = new EngineCase([each.W], [each.B], [each.Engine.Functions[0]], x, t, Loss.HalfSquared);
                double z = each.Z(n, m);
                double slope = name == "tanh" ? 1 - z * z : z * (1 - z);
                Close.Holds(slope, each.Engine.Flow.Layers[0].Derivative![n, m], "f′", 1);
                for (int d = 0; d < each.D; d++)
                {
                    Close.Holds(slope * each.X(n, d), unit.Flow.Layers[0].WeightGradient[d, m], "∂z/∂W by the engine", 1);
                    Close.Holds(slope * each.X(n, d), each.PartialZW(n, d, m), "∂z/∂W by a complex step", 1);
                }
            }
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 30")]
    public void The_derivative_by_W_is_the_boxed_sum() => ForEachW((d, m) => HoldsW(
        d, m, _case,
        Pairs((n, k) => (_case.T(n, k) - _case.Y(n, k)) * _case.V[m, k] * _case.Z(n, m) * (1 - _case.Z(n, m)) * _case.X(n, d))));

    [Theory]
    [InlineData("tanh", LikelihoodOutput.Softmax)]
    [InlineData("relu", LikelihoodOutput.Softmax)]
    [InlineData("logistic", LikelihoodOutput.Logistic)]
    [InlineData("tanh", LikelihoodOutput.Logistic)]
    [InlineData("relu", LikelihoodOutput.Logistic)]
    [InlineData("logistic", LikelihoodOutput.Linear)]
    [InlineData("tanh", LikelihoodOutput.Linear)]
    [InlineData("relu", LikelihoodOutput.Linear)]
    [Trait("Formula", "likelihood 30")]
    public void The_derivative_by_W_is_the_boxed_sum_with_the_slope_of_the_own_function(string name, LikelihoodOutput g)
    {
        LikelihoodCase each = Of(Function.All.Single(f => f.Name == name), g);
        ForEachW((d, m) => HoldsW(
            d, m, each,
            Pairs((n, k) => (each.T(n, k) - each.Y(n, k)) * each.V[m, k] * Slope(name, each.Z(n, m)) * each.X(n, d))));
    }

    [Theory]
    [InlineData("logistic", LikelihoodOutput.Softmax)]
    [InlineData("tanh", LikelihoodOutput.Logistic)]
    [InlineData("relu", LikelihoodOutput.Linear)]
    [Trait("Formula", "likelihood b")]
    public void The_derivative_by_b_is_the_boxed_sum_without_x(string name, LikelihoodOutput g)
    {
        LikelihoodCase each = Of(Function.All.Single(f => f.Name == name), g);
        double[] updated = Numbers.RowOf(EngineCase.Plain(each.Engine.AfterUpdate(Alpha).Biases[0]!), 0);
        LikelihoodGradient textbook = each.Textbook().Gradient(each.AllX, each.AllT);
        for (int m = 0; m < each.M; m++)
        {
            (double slope, double terms) = Pairs(
                (n, k) => (each.T(n, k) - each.Y(n, k)) * each.V[m, k] * Slope(name, each.Z(n, m)));
            Close.Holds((slope, terms), each.EngineB(m), "∂Ln/∂b");
            Close.Holds((slope, terms), textbook.B[m], "∂Ln/∂b of the textbook");
            Close.Holds((each.B[m] + Alpha * slope, terms + Math.Abs(each.B[m])), updated[m], "b by the updater");
        }
    }

    /// <summary>f′ from z = f, as the document writes it.</summary>
    static double Slope(string name, double z) => name switch
    {
        "logistic" => z * (1 - z),
        "tanh" => 1 - z * z,
        _ => z > 0 ? 1 : 0,
    };

    void HoldsW(int d, int m, LikelihoodCase of, (double Value, double Terms) expected)
    {
        Close.Holds(expected, of.EngineW(d, m), $"∂Ln/∂W [{d}, {m}]");
        Close.Holds(expected, of.Textbook().Gradient(of.AllX, of.AllT).W[d, m], $"∂Ln/∂W [{d}, {m}] of the textbook");
    }

    void ForEachW(Action<int, int> test)
    {
        for (int d = 0; d < _case.D; d++)
        {
            for (int m = 0; m < _case.M; m++)
                test(d, m);
        }
    }

    EngineCase WithoutBiases() => new(
        [_case.W, _case.V], null, _case.Engine.Functions, _case.AllX, _case.AllT, Loss.SoftmaxCrossEntropy(), Reduction.Sum,
        softmax: true);

    /// <summary>Σₙ Σₖ.</summary>
    (double Value, double Terms) Pairs(Func<int, int, double> term) =>
        Close.Sum(_case.N * _case.K, i => term(i / _case.K, i % _case.K));

    /// <summary>Σₙ Σₖ′ Σₖ.</summary>
    (double Value, double Terms) Triples(Func<int, int, int, double> term) =>
        Close.Sum(_case.N * _case.K * _case.K, i => term(i / (_case.K * _case.K), i / _case.K % _case.K, i % _case.K));
}

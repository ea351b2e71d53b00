using Backprop.Engine;
using Xunit;
using static Backprop.Textbook.Tests.LikelihoodCase;

namespace Backprop.Textbook.Tests;

/// <summary>
/// "likelihood" (1)–(18), mended: the engine's numbers are the formulas', for 2 features, 4 hidden neurons, 3 outputs and 5 rows
/// whose targets are soft.
/// </summary>
public sealed class LikelihoodFormulaTests
{
    const double Alpha = 0.3;

    readonly LikelihoodCase _case = Of(Function.Tanh);

    /// <summary>Targets whose sum over a row is 1.7: what needs Σt = 1 does not hold for them.</summary>
    readonly LikelihoodCase _unnormalized = Of(Function.Tanh, targetSum: 1.7);

    [Fact]
    [Trait("Formula", "likelihood 1")]
    public void The_likelihood_is_the_product_of_all_outputs_to_the_power_of_their_targets()
    {
        double p = 1;
        for (int n = 0; n < _case.N; n++)
        {
            for (int k = 0; k < _case.K; k++)
                p *= Math.Pow(_case.Y(n, k), _case.T(n, k));
        }

        Close.Holds(p, Math.Exp(-_case.Engine.Flow.BatchLoss), "P");
    }

    [Fact]
    [Trait("Formula", "likelihood 2")]
    public void Its_logarithm_is_the_sum_of_t_ln_y()
    {
        Close.Holds(
            Close.Sum(_case.N * _case.K, i => _case.T(i / 3, i % 3) * Math.Log(_case.Y(i / 3, i % 3))),
            -_case.Engine.Flow.BatchLoss, "Ln");
        for (int n = 0; n < _case.N; n++)
        {
            Close.Holds(
                Close.Sum(_case.K, k => _case.T(n, k) * Math.Log(_case.Y(n, k))), -_case.Engine.Flow.RowLosses[n],
                $"Ln of row {n}");
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 3")]
    public void The_hidden_outputs_are_tanh_of_the_sum_and_their_own_bias()
    {
        double[,] u = _case.Engine.U(1);
        for (int n = 0; n < _case.N; n++)
        {
            double[] textbook = _case.Textbook().Z(Numbers.RowOf(_case.AllX, n));
            for (int m = 0; m < _case.M; m++)
            {
                (double value, double terms) = Close.Sum(_case.D, d => _case.W[d, m] * _case.X(n, d));
                terms += Math.Abs(_case.B[m]);
                Close.Holds((value + _case.B[m], terms), u[n, m], "ΣWx + b");
                Close.Holds(Math.Tanh(value + _case.B[m]), _case.Z(n, m), "z", terms);
                Close.Holds(textbook[m], _case.Z(n, m), "z of the textbook", terms);
            }
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 4")]
    public void The_last_layer_sums_the_hidden_outputs_and_its_own_biases()
    {
        for (int n = 0; n < _case.N; n++)
        {
            double[] textbook = _case.Textbook().A(Numbers.RowOf(_case.AllX, n));
            for (int k = 0; k < _case.K; k++)
            {
                (double value, double terms) = Close.Sum(_case.M, m => _case.V[m, k] * _case.Z(n, m));
                terms += Math.Abs(_case.C[k]);
                Close.Holds((value + _case.C[k], terms), _case.A(n, k), "a");
                Close.Holds(textbook[k], _case.A(n, k), "a of the textbook", terms);
            }
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 5")]
    public void The_outputs_are_softmax_of_a_and_a_distribution()
    {
        for (int n = 0; n < _case.N; n++)
        {
            Close.Holds(
                Likelihood.Softmax([.. Enumerable.Range(0, _case.K).Select(k => _case.A(n, k))]),
                [.. Enumerable.Range(0, _case.K).Select(k => _case.Y(n, k))], "y");
            Close.Holds(1, Enumerable.Range(0, _case.K).Sum(k => _case.Y(n, k)), "Σy");
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 6")]
    public void An_output_is_its_power_of_e_over_all()
    {
        for (int n = 0; n < _case.N; n++)
        {
            double sum = Enumerable.Range(0, _case.K).Sum(i => Math.Exp(_case.A(n, i)));
            for (int k = 0; k < _case.K; k++)
                Close.Holds(Math.Exp(_case.A(n, k)) / sum, _case.Y(n, k), "y");
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 7")]
    public void V_climbs_by_alpha_times_its_derivative()
    {
        double[,] updated = EngineCase.Plain(_case.Engine.AfterUpdate(Alpha).Weights[1]);
        double[,] trained = EngineCase.Plain(_case.Engine.AfterTraining(Alpha, 1).Weights[1]);
        ForEachV((m, k) =>
        {
            (double slope, double terms) = Rows(n => (_case.T(n, k) - _case.Y(n, k)) * _case.Z(n, m));
            terms = Alpha * terms + Math.Abs(_case.V[m, k]);
            Close.Holds((_case.V[m, k] + Alpha * slope, terms), updated[m, k], "V by the updater");
            Close.Holds((_case.V[m, k] + Alpha * slope, terms), trained[m, k], "V by the trainer");
        });
    }

    [Fact]
    [Trait("Formula", "likelihood 8")]
    public void W_climbs_by_alpha_times_its_derivative_at_the_old_V()
    {
        double[,] updated = EngineCase.Plain(_case.Engine.AfterUpdate(Alpha).Weights[0]);
        double[,] trained = EngineCase.Plain(_case.Engine.AfterTraining(Alpha, 1).Weights[0]);
        for (int d = 0; d < _case.D; d++)
        {
            for (int m = 0; m < _case.M; m++)
            {
                (double slope, double terms) = Close.Sum(
                    _case.N * _case.K,
                    i => (_case.T(i / 3, i % 3) - _case.Y(i / 3, i % 3)) * _case.V[m, i % 3]
                        * (1 - _case.Z(i / 3, m) * _case.Z(i / 3, m))
                        * _case.X(i / 3, d));
                terms = Alpha * terms + Math.Abs(_case.W[d, m]);
                Close.Holds((_case.W[d, m] + Alpha * slope, terms), updated[d, m], "W by the updater");
                Close.Holds((_case.W[d, m] + Alpha * slope, terms), trained[d, m], "W by the trainer");
            }
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 9")]
    public void Ln_is_derived_term_by_term() =>
        ForEachV((m, k) => HoldsV(m, k, _case, Pairs((n, k1) => _case.PartialLnV(n, k1, m, k))));

    [Fact]
    [Trait("Formula", "likelihood 10")]
    public void Each_term_is_derived_through_its_own_output_and_a() => ForEachV((m, k) => HoldsV(
        m, k, _case,
        Pairs((n, k1) => _case.PartialLnY(n, k1) * _case.PartialYA(n, k1, k) * _case.PartialAV(n, m, k))));

    [Fact]
    [Trait("Formula", "likelihood 11")]
    public void Each_terms_derivative_by_its_output_is_t_over_y() => ForEachV((m, k) => HoldsV(
        m, k, _case,
        Pairs((n, k1) => _case.T(n, k1) * (1 / _case.Y(n, k1)) * _case.PartialYA(n, k1, k) * _case.PartialAV(n, m, k))));

    [Fact]
    [Trait("Formula", "likelihood 12")]
    public void The_softmax_jacobian_is_y_times_delta_minus_y()
    {
        for (int k1 = 0; k1 < _case.K; k1++)
        {
            // Under ½(y − t)² with t = y − 1 in one place, ∂e/∂y is 1 there and 0 elsewhere, so that ∂e/∂a is a row
            // of the Jacobian.
            EngineCase unit = _case.WithTargets(Map((n, k) => _case.Y(n, k) - Delta(k, k1)), Loss.HalfSquared);
            for (int n = 0; n < _case.N; n++)
            {
                double[,] jacobian = Likelihood.SoftmaxJacobian([.. Enumerable.Range(0, _case.K).Select(k => _case.Y(n, k))]);
                for (int k = 0; k < _case.K; k++)
                {
                    double formula = _case.Y(n, k1) * (Delta(k, k1) - _case.Y(n, k));
                    Close.Holds(formula, unit.Flow.Layers[1].Delta[n, k], "∂y/∂a by the engine", _case.Y(n, k1));
                    Close.Holds(formula, _case.PartialYA(n, k1, k), "∂y/∂a by a complex step", _case.Y(n, k1));
                    Close.Holds(formula, jacobian[k1, k], "∂y/∂a of the textbook", _case.Y(n, k1));
                }
            }
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 13")]
    public void In_each_term_the_output_cancels() => ForEachV((m, k) =>
    {
        foreach (LikelihoodCase each in new[] { _case, _unnormalized })
        {
            HoldsV(
                m, k, each,
                Pairs((n, k1) =>
                    each.T(n, k1) * (1 / each.Y(n, k1)) * each.Y(n, k1) * (Delta(k, k1) - each.Y(n, k)) * each.Z(n, m)));
        }
    });

    [Fact]
    [Trait("Formula", "likelihood 14")]
    public void The_sum_is_that_of_targets_minus_that_of_targets_times_the_output() => ForEachV((m, k) =>
    {
        foreach (LikelihoodCase each in new[] { _case, _unnormalized })
        {
            (double first, double firstTerms) = Pairs((n, k1) => each.T(n, k1) * Delta(k, k1) * each.Z(n, m));
            (double second, double secondTerms) = Pairs((n, k1) => each.T(n, k1) * each.Y(n, k) * each.Z(n, m));
            HoldsV(m, k, each, (first - second, firstTerms + secondTerms));
        }
    });

    [Fact]
    [Trait("Formula", "likelihood 15")]
    public void Where_the_targets_sum_is_1_one_sum_over_the_rows_remains_of_each() => ForEachV((m, k) =>
    {
        (double first, double firstTerms) = Rows(n => _case.T(n, k) * _case.PartialAV(n, m, k));
        (double second, double secondTerms) = Rows(n => _case.Y(n, k) * _case.PartialAV(n, m, k));
        HoldsV(m, k, _case, (first - second, firstTerms + secondTerms));
    });

    [Fact]
    [Trait("Formula", "likelihood 16")]
    public void Both_sums_are_one_of_the_target_minus_the_output()
    {
        ForEachV((m, k) => HoldsV(m, k, _case, Rows(n => (_case.T(n, k) - _case.Y(n, k)) * _case.PartialAV(n, m, k))));
        for (int n = 0; n < _case.N; n++)
        {
            for (int k = 0; k < _case.K; k++)
                Close.Holds(_case.T(n, k) - _case.Y(n, k), -_case.Engine.Flow.Layers[1].Delta[n, k], "∂Ln/∂a", 1);
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 17")]
    public void A_weight_moves_its_own_a_by_the_hidden_output_and_no_other() => ForEachV((m, k) =>
    {
        EngineCase moved = Of(Function.Tanh).Engine;
        moved.Parameters.Weights[1][m, k] += 1;
        FlowRecord<double> flow = moved.Record();
        for (int n = 0; n < _case.N; n++)
        {
            for (int k1 = 0; k1 < _case.K; k1++)
            {
                double change = flow.Layers[1].U[n, k1] - _case.A(n, k1);
                Close.Holds(Delta(k, k1) * _case.Z(n, m), change, "∂a/∂V", 1 + Math.Abs(_case.A(n, k1)));
            }
        }
    });

    [Fact]
    [Trait("Formula", "likelihood 18")]
    public void The_derivative_by_V_is_the_difference_times_the_hidden_output() =>
        ForEachV((m, k) => HoldsV(m, k, _case, Rows(n => (_case.T(n, k) - _case.Y(n, k)) * _case.Z(n, m))));

    [Theory]
    [InlineData(LikelihoodOutput.Logistic)]
    [InlineData(LikelihoodOutput.Linear)]
    [Trait("Formula", "likelihood 18")]
    public void The_derivative_by_V_is_the_same_with_the_likelihood_that_belongs_to_the_output(LikelihoodOutput g)
    {
        LikelihoodCase each = Of(Function.Relu, g);
        ForEachV((m, k) => HoldsV(m, k, each, Rows(n => (each.T(n, k) - each.Y(n, k)) * each.Z(n, m))));
    }

    [Theory]
    [InlineData(LikelihoodOutput.Softmax)]
    [InlineData(LikelihoodOutput.Logistic)]
    [InlineData(LikelihoodOutput.Linear)]
    [Trait("Formula", "likelihood c")]
    public void The_derivative_by_c_is_the_difference(LikelihoodOutput g)
    {
        LikelihoodCase each = Of(Function.Tanh, g);
        double[] updated = Numbers.RowOf(EngineCase.Plain(each.Engine.AfterUpdate(Alpha).Biases[1]!), 0);
        for (int k = 0; k < each.K; k++)
        {
            (double slope, double terms) = Rows(n => each.T(n, k) - each.Y(n, k));
            Close.Holds((slope, terms), each.EngineC(k), "∂Ln/∂c");
            Close.Holds((each.C[k] + Alpha * slope, terms + Math.Abs(each.C[k])), updated[k], "c by the updater");
        }
    }

    void HoldsV(int m, int k, LikelihoodCase of, (double Value, double Terms) expected)
    {
        Close.Holds(expected, of.EngineV(m, k), $"∂Ln/∂V [{m}, {k}]");
        Close.Holds(expected, of.Textbook().Gradient(of.AllX, of.AllT).V[m, k], $"∂Ln/∂V [{m}, {k}] of the textbook");
    }

    void ForEachV(Action<int, int> test)
    {
        for (int m = 0; m < _case.M; m++)
        {
            for (int k = 0; k < _case.K; k++)
                test(m, k);
        }
    }

    double[,] Map(Func<int, int, double> element)
    {
        var matrix = new double[_case.N, _case.K];
        for (int n = 0; n < _case.N; n++)
        {
            for (int k = 0; k < _case.K; k++)
                matrix[n, k] = element(n, k);
        }

        return matrix;
    }

    (double Value, double Terms) Rows(Func<int, double> term) => Close.Sum(_case.N, term);

    /// <summary>Σₙ Σₖ′.</summary>
    (double Value, double Terms) Pairs(Func<int, int, double> term) =>
        Close.Sum(_case.N * _case.K, i => term(i / _case.K, i % _case.K));
}

using Backprop.Engine;
using Xunit;
using static Backprop.Textbook.Tests.LikelihoodCase;
using static Backprop.Textbook.Tests.ScalarsCase;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Where "likelihood", its list of letters and (1)–(18), as printed has no meaning or gives another number, and how it is
/// mended: 2 features, 4 hidden neurons, 3 outputs, 5 rows.
/// </summary>
public sealed class LikelihoodMisprintTests
{
    readonly LikelihoodCase _case = LikelihoodCase.Of(Function.Tanh);
    readonly LikelihoodCase _unnormalized = LikelihoodCase.Of(Function.Tanh, targetSum: 1.7);

    [Fact]
    [Trait("Formula", "likelihood 4")]
    public void M_is_the_number_of_hidden_neurons_and_not_of_hidden_layers()
    {
        const int HiddenLayers = 1;
        Close.Differs(_case.Engine.U(2), A((n, k) => Sum(HiddenLayers, m => _case.V[m, k] * _case.Z(n, m))), 0.1, "a with M = 1");
        Close.Holds(_case.Engine.U(2), A((n, k) => Sum(_case.M, m => _case.V[m, k] * _case.Z(n, m))), "a");
    }

    [Fact]
    [Trait("Formula", "likelihood 3")]
    [Trait("Formula", "likelihood 4")]
    public void Z_is_the_output_of_the_hidden_layer_and_not_its_input()
    {
        double[,] u = _case.Engine.U(1);
        Close.Differs(_case.Engine.U(2), A((n, k) => Sum(_case.M, m => _case.V[m, k] * u[n, m])), 0.1, "a of the hidden inputs");
    }

    [Fact]
    [Trait("Formula", "likelihood 4")]
    public void C_is_the_bias_of_a_and_does_not_fit_the_hidden_layer()
    {
        double[,] inputs = Numbers.Row(Numbers.RowOf(_case.Engine.U(1), 0));
        Assert.Throws<ArgumentException>(() => Algebra.Sum(inputs, Numbers.Row(_case.C)));
        Assert.Equal((_case.M, _case.K), (inputs.GetLength(1), _case.C.Length));
    }

    [Fact]
    [Trait("Formula", "likelihood 1")]
    public void Every_row_has_outputs_of_its_own()
    {
        double right = Math.Exp(-_case.Engine.Flow.BatchLoss);
        Close.Holds(right, P((n, k) => _case.Y(n, k)), "P");
        for (int row = 0; row < _case.N; row++)
            Close.Differs(right, P((_, k) => _case.Y(row, k)), 0.005, $"P with y of row {row} for all");

        double P(Func<int, int, double> y) => Math.Exp(Pairs((n, k) => _case.T(n, k) * Math.Log(y(n, k))));
    }

    [Fact]
    [Trait("Formula", "likelihood 3")]
    public void B_stands_outside_the_sum_and_each_hidden_neuron_has_its_own()
    {
        double[,] right = _case.Engine.X(1);
        Close.Differs(
            right, Z((n, m) => Sum(_case.D, d => _case.W[d, m] * _case.X(n, d) + _case.B[m])), 0.05, "z with b added D times");
        for (int one = 0; one < _case.M; one++)
        {
            Close.Differs(
                right, Z((n, m) => Sum(_case.D, d => _case.W[d, m] * _case.X(n, d)) + _case.B[one]), 0.05,
                "z with one b for all");
        }


        Close.Holds(right, Z((n, m) => Sum(_case.D, d => _case.W[d, m] * _case.X(n, d)) + _case.B[m]), "z");

        double[,] Z(Func<int, int, double> u) => Of(_case.N, _case.M, (n, m) => Math.Tanh(u(n, m)));
    }

    [Fact]
    [Trait("Formula", "likelihood 4")]
    public void Each_a_has_a_c_of_its_own()
    {
        for (int one = 0; one < _case.K; one++)
        {
            double[,] printed = Of(_case.N, _case.K, (n, k) => Sum(_case.M, m => _case.V[m, k] * _case.Z(n, m)) + _case.C[one]);
            Close.Differs(_case.Engine.U(2), printed, 0.05, "a with one c for all");
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 2")]
    public void With_logistic_outputs_the_sum_of_t_ln_y_lacks_that_of_its_complement()
    {
        LikelihoodCase logistic = LikelihoodCase.Of(Function.Tanh, LikelihoodOutput.Logistic);
        double[,] right = logistic.DifferencesV();
        double[,] printed = Of(logistic.M, logistic.K, (m, k) => Differences.Derivative(
            v => Pairs((n, k1) => logistic.T(n, k1) * Math.Log(
                Function.Logistic.Value(logistic.A(n, k1) + (k1 == k ? (v - logistic.V[m, k]) * logistic.Z(n, m) : 0)))),
            logistic.V[m, k]));

        // The derivative of the printed Σ t ln y is t(1 − y), that of the Bernoulli likelihood t − y.
        Close.Holds(
            printed, Boxed(logistic, (n, k) => logistic.T(n, k) * (1 - logistic.Y(n, k))), "∂Σ t ln y/∂V",
            Differences.Tolerance, 10);
        Close.Holds(right, Boxed(logistic, (n, k) => logistic.T(n, k) - logistic.Y(n, k)), "∂Ln/∂V", Differences.Tolerance, 10);
        Close.Differs(right, printed, 0.3, "∂Σ t ln y/∂V of logistic outputs");
        Close.Differs(-logistic.Engine.Flow.BatchLoss, Pairs((n, k) => logistic.T(n, k) * Math.Log(logistic.Y(n, k))), 0.1, "Ln");
        Close.Holds(
            -logistic.Engine.Flow.BatchLoss,
            Pairs((n, k) =>
                logistic.T(n, k) * Math.Log(logistic.Y(n, k)) + (1 - logistic.T(n, k)) * Math.Log(1 - logistic.Y(n, k))),
            "Ln");
    }

    [Fact]
    [Trait("Formula", "likelihood 2")]
    public void With_linear_outputs_ln_y_has_no_meaning_and_a_normal_density_has()
    {
        LikelihoodCase linear = LikelihoodCase.Of(Function.Tanh, LikelihoodOutput.Linear);
        Assert.Contains(linear.Engine.X(2).Cast<double>(), y => y < 0);
        Assert.True(double.IsNaN(Pairs((n, k) => linear.T(n, k) * Math.Log(linear.Y(n, k)))));

        double constant = linear.N * linear.K * Math.Log(2 * Math.PI) / 2;
        double ofDensities = Pairs((n, k) => Math.Log(
            Math.Exp(-(linear.T(n, k) - linear.Y(n, k)) * (linear.T(n, k) - linear.Y(n, k)) / 2) / Math.Sqrt(2 * Math.PI)));
        Close.Holds(ofDensities, -linear.Engine.Flow.BatchLoss - constant, "Ln");
        Close.Holds(
            linear.DifferencesV(), Boxed(linear, (n, k) => linear.T(n, k) - linear.Y(n, k)), "∂Ln/∂V", Differences.Tolerance, 10);
    }

    [Fact]
    [Trait("Formula", "likelihood 6")]
    public void The_powers_of_e_as_printed_overflow_where_softmax_does_not()
    {
        double[] a = [1000, 999, 0];
        double printed = Math.Exp(a[0]) / a.Sum(Math.Exp);
        Assert.True(double.IsNaN(printed));
        var engine = new EngineCase(
            [new double[1, 3]], [a], [[Function.Linear, Function.Linear, Function.Linear]], new double[1, 1],
            Numbers.Row([1, 0, 0]), Loss.SoftmaxCrossEntropy(), Reduction.Sum, softmax: true);
        Close.Holds([1 / (1 + Math.Exp(-1)), 1 / (1 + Math.E), 0], Numbers.RowOf(engine.X(1), 0), "y");
        Close.Holds(Math.Log(1 + Math.Exp(-1)), engine.Flow.BatchLoss, "−Ln");
        Close.Holds(Numbers.RowOf(engine.X(1), 0), Likelihood.Softmax(a), "y of the textbook");
    }

    [Fact]
    [Trait("Formula", "likelihood 7")]
    [Trait("Formula", "likelihood 8")]
    public void W_moves_by_the_derivative_at_the_V_from_before_7()
    {
        const double Alpha = 0.3;
        double[,] v = Algebra.Sum(_case.V, Algebra.Scale(Alpha, _case.DifferencesV()));
        LikelihoodGradient after = new Likelihood(_case.W, _case.B, v, _case.C, Function.Tanh, LikelihoodOutput.Softmax)
            .Gradient(_case.AllX, _case.AllT);
        double[,] right = Algebra.Scale(Alpha, _case.DifferencesW());
        double[,] engine = Algebra.Difference(EngineCase.Plain(_case.Engine.AfterUpdate(Alpha).Weights[0]), _case.W);
        Close.Holds(right, engine, "ΔW", Differences.Tolerance, 10);
        Close.Differs(right, Algebra.Scale(Alpha, after.W), 0.05, "ΔW after V has moved");
    }

    [Fact]
    [Trait("Formula", "likelihood 9")]
    public void In_9_the_sum_over_k_prime_is_of_the_terms_of_k_prime()
    {
        DiffersV((m, k) => Pairs((n, _) => _case.PartialLnV(n, k, m, k)), 0.3, "∂Ln/∂V of K times one term");
        HoldsV((m, k) => Pairs((n, k1) => _case.PartialLnV(n, k1, m, k)));
    }

    [Fact]
    [Trait("Formula", "likelihood 10")]
    public void In_10_the_target_stands_twice_and_the_output_is_not_that_of_the_sum()
    {
        DiffersV(
            (m, k) => Pairs((n, k1) => _case.T(n, k1) * _case.PartialLnY(n, k) * Ya(n, k, k) * _case.Z(n, m)), 0.1, "as printed");
        DiffersV(
            (m, k) => Pairs((n, k1) => _case.PartialLnY(n, k) * Ya(n, k, k) * _case.Z(n, m)), 0.1, "without the first t alone");
        DiffersV(
            (m, k) => Pairs((n, k1) => _case.T(n, k1) * _case.PartialLnY(n, k1) * Ya(n, k1, k) * _case.Z(n, m)), 0.1,
            "with k′ alone");
        HoldsV((m, k) => Pairs((n, k1) => _case.PartialLnY(n, k1) * Ya(n, k1, k) * _case.Z(n, m)));
    }

    [Fact]
    [Trait("Formula", "likelihood 11")]
    [Trait("Formula", "likelihood 13")]
    [Trait("Formula", "likelihood 16")]
    [Trait("Formula", "likelihood 17")]
    public void The_a_and_z_of_every_row_are_its_own()
    {
        for (int row = 0; row < _case.N; row++)
        {
            int r = row;
            DiffersV(
                (m, k) => Pairs((n, k1) => _case.T(n, k1) / _case.Y(n, k1) * Ya(r, k1, k) * _case.Z(n, m)), 0.05,
                "∂y/∂a of one row");
            DiffersV((m, k) => Rows(n => (_case.T(n, k) - _case.Y(n, k)) * _case.PartialAV(r, m, k)), 0.05, "∂a/∂V of one row");
        }

        HoldsV((m, k) => Rows(n => (_case.T(n, k) - _case.Y(n, k)) * _case.PartialAV(n, m, k)));
    }

    [Fact]
    [Trait("Formula", "likelihood 12")]
    public void The_right_side_of_12_is_of_the_same_row_as_its_left()
    {
        double[,] right = Of(_case.K, _case.K, (k1, k) => Ya(0, k1, k));
        Close.Holds(right, Likelihood.SoftmaxJacobian([.. Enumerable.Range(0, _case.K).Select(k => _case.Y(0, k))]), "∂y/∂a");
        for (int row = 1; row < _case.N; row++)
        {
            double[] y = [.. Enumerable.Range(0, _case.K).Select(k => _case.Y(row, k))];
            Close.Differs(right, Likelihood.SoftmaxJacobian(y), 0.05, $"∂y/∂a with y of row {row}");
        }
    }

    [Fact]
    [Trait("Formula", "likelihood 14")]
    public void In_the_second_sum_of_14_the_output_is_that_of_k()
    {
        DiffersV(
            (m, k) => Pairs((n, k1) => _case.T(n, k1) * Delta(k, k1) * _case.Z(n, m))
                - Pairs((n, k1) => _case.T(n, k1) * _case.Y(n, k1) * _case.Z(n, m)),
            0.1, "∂Ln/∂V with y of k′");
        HoldsV((m, k) => Pairs((n, k1) => _case.T(n, k1) * (Delta(k, k1) - _case.Y(n, k)) * _case.Z(n, m)));
    }

    [Fact]
    [Trait("Formula", "likelihood 15")]
    [Trait("Formula", "likelihood 16")]
    public void Where_the_sum_over_k_prime_is_done_no_choice_of_k_prime_is_right()
    {
        for (int k1 = 0; k1 < _case.K; k1++)
        {
            int free = k1;
            DiffersV((m, k) => Rows(n => (_case.T(n, k) - _case.Y(n, free)) * _case.Z(n, m)), 0.1, $"15 with k′ = {free}");
            DiffersV((m, k) => Rows(n => (_case.T(n, free) - _case.Y(n, k)) * _case.Z(n, m)), 0.1, $"16 with k′ = {free}");
        }

        HoldsV((m, k) => Rows(n => (_case.T(n, k) - _case.Y(n, k)) * _case.Z(n, m)));
    }

    [Fact]
    [Trait("Formula", "likelihood 15")]
    [Trait("Formula", "likelihood 16")]
    [Trait("Formula", "likelihood 18")]
    public void What_follows_14_needs_targets_whose_sum_is_1()
    {
        double[,] right = _unnormalized.DifferencesV();
        Close.Differs(
            right, Boxed(_unnormalized, (n, k) => _unnormalized.T(n, k) - _unnormalized.Y(n, k)), 0.1,
            "∂Ln/∂V of targets whose sum is 1.7");
        double[,] mended = Boxed(
            _unnormalized,
            (n, k) => _unnormalized.T(n, k) - Sum(_unnormalized.K, k1 => _unnormalized.T(n, k1)) * _unnormalized.Y(n, k));
        Close.Holds(right, mended, "∂Ln/∂V", Differences.Tolerance, 10);
        Close.Holds(Of(_case.M, _case.K, _unnormalized.EngineV), mended, "∂Ln/∂V of the engine");
    }

    [Fact]
    [Trait("Formula", "likelihood b")]
    [Trait("Formula", "likelihood c")]
    public void The_biases_have_derivatives_though_neither_7_nor_8_moves_them()
    {
        double[] c = [.. Enumerable.Range(0, _case.K).Select(k => Rows(n => _case.T(n, k) - _case.Y(n, k)))];
        double[] b = [.. Enumerable.Range(0, _case.M).Select(m => Pairs(
            (n, k) => (_case.T(n, k) - _case.Y(n, k)) * _case.V[m, k] * (1 - _case.Z(n, m) * _case.Z(n, m))))];
        Close.Holds(_case.DifferencesC(), c, "∂Ln/∂c", Differences.Tolerance, 10);
        Close.Holds(_case.DifferencesB(), b, "∂Ln/∂b", Differences.Tolerance, 10);
        Assert.All([.. c, .. b], slope => Assert.True(Math.Abs(slope) > 1e-3, $"{slope} would leave a bias where it is"));

        // So a step by (7) and (8) alone climbs less than one that moves the biases too.
        const double Alpha = 0.01;
        Likelihood all = _case.Textbook();
        all.Step(_case.AllX, _case.AllT, Alpha);
        var printed = new Likelihood(all.W, _case.B, all.V, _case.C, Function.Tanh, LikelihoodOutput.Softmax);
        double start = _case.Textbook().Ln(_case.AllX, _case.AllT);
        double climbed = printed.Ln(_case.AllX, _case.AllT) - start;
        Assert.InRange(climbed, 0, 0.95 * (all.Ln(_case.AllX, _case.AllT) - start));
    }

    double Ya(int n, int k1, int k) => _case.Y(n, k1) * (Delta(k, k1) - _case.Y(n, k));

    double[,] A(Func<int, int, double> sum) => Of(_case.N, _case.K, (n, k) => sum(n, k) + _case.C[k]);

    /// <summary>Σₙ error·zₘ.</summary>
    static double[,] Boxed(LikelihoodCase of, Func<int, int, double> error) =>
        Of(of.M, of.K, (m, k) => Sum(of.N, n => error(n, k) * of.Z(n, m)));

    void DiffersV(Func<int, int, double> printed, double visibly, string what) =>
        Close.Differs(_case.DifferencesV(), Of(_case.M, _case.K, printed), visibly, what);

    void HoldsV(Func<int, int, double> mended) =>
        Close.Holds(_case.DifferencesV(), Of(_case.M, _case.K, mended), "∂Ln/∂V", Differences.Tolerance, 10);

    double Pairs(Func<int, int, double> term) => Rows(n => Sum(_case.K, k => term(n, k)));

    double Rows(Func<int, double> term) => Sum(_case.N, term);

    static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);
}

using Xunit;
using static Backprop.Textbook.Tests.LikelihoodCase;
using static Backprop.Textbook.Tests.ScalarsCase;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Where "likelihood" (19)–(30) as printed gives another number than the derivative, and how it is mended: 2 features, 4
/// hidden neurons, 3 outputs, 5 rows.
/// </summary>
public sealed class LikelihoodHiddenMisprintTests
{
    readonly LikelihoodCase _case = LikelihoodCase.Of(Function.Logistic);

    [Fact]
    [Trait("Formula", "likelihood 20")]
    public void The_f_of_the_chain_rule_is_Ln_and_not_the_hidden_neurons_f()
    {
        // With the hidden f of each a in the place of Ln, (21) is another number.
        DiffersW(
            (d, m) => Pairs((n, k) => Function.Logistic.Derivative(_case.A(n, k)) * _case.PartialAW(n, k, d, m)), 0.3,
            "∂f/∂W of the hidden f");
        HoldsW((d, m) => Pairs((n, k) => _case.PartialLnA(n, k) * _case.PartialAW(n, k, d, m)));
    }

    [Fact]
    [Trait("Formula", "likelihood 22")]
    public void Ln_of_all_rows_within_the_sum_over_the_rows_counts_none_twice_but_10s_second_t_does()
    {
        // ∂Ln/∂y⁽ⁿ⁾ of the Ln of all rows is that of row n alone, so (22) holds as printed …
        for (int n = 0; n < _case.N; n++)
        {
            for (int k1 = 0; k1 < _case.K; k1++)
            {
                double y = _case.Y(n, k1);
                double ofAllRows = Differences.Derivative(
                    value => Pairs((i, k) => _case.T(i, k) * Math.Log(i == n && k == k1 ? y * Math.Exp(value) : _case.Y(i, k))),
                    0);
                Close.Within(_case.PartialLnY(n, k1) * y, ofAllRows, Differences.Tolerance * 10, "y ∂Ln/∂y");
            }
        }

        // … but with the factor t that (10) puts before the same ∂Ln/∂y it does not.
        HoldsW((d, m) => Triples((n, k1, k) => _case.PartialLnY(n, k1) * Back(n, k1, k, d, m)));
        DiffersW(
            (d, m) => Triples((n, k1, k) => _case.T(n, k1) * _case.PartialLnY(n, k1) * Back(n, k1, k, d, m)), 0.1,
            "with t before it");
    }

    [Fact]
    [Trait("Formula", "likelihood 22")]
    [Trait("Formula", "likelihood 23")]
    [Trait("Formula", "likelihood 24")]
    [Trait("Formula", "likelihood 28")]
    [Trait("Formula", "likelihood 29")]
    public void The_a_z_and_x_of_every_row_are_its_own()
    {
        for (int row = 0; row < _case.N; row++)
        {
            int r = row;
            DiffersW(
                (d, m) => Triples(
                    (n, k1, k) => _case.T(n, k1) / _case.Y(n, k1) * _case.PartialYA(r, k1, k) * _case.V[m, k] * Zw(n, n, d, m)),
                0.02, "23 with ∂y/∂a of one row");
            DiffersW((d, m) => Pairs((n, k) => Error(n, k) * _case.V[m, k] * Zw(n, r, d, m)), 0.05, "29 with x of one row");
            DiffersW((d, m) => Pairs((n, k) => Error(n, k) * _case.V[m, k] * Zw(r, n, d, m)), 0.005, "29 with z of one row");
        }

        HoldsW((d, m) => Pairs((n, k) => Error(n, k) * _case.V[m, k] * Zw(n, n, d, m)));
    }

    [Fact]
    [Trait("Formula", "likelihood 25")]
    [Trait("Formula", "likelihood 30")]
    public void What_follows_24_needs_targets_whose_sum_is_1()
    {
        LikelihoodCase c = LikelihoodCase.Of(Function.Logistic, targetSum: 1.7);
        double[,] right = c.DifferencesW();
        Close.Differs(right, Boxed(c, (n, m) => c.Z(n, m) * (1 - c.Z(n, m)), 1), 0.1, "∂Ln/∂W of targets whose sum is 1.7");
        double[,] mended = Boxed(c, (n, m) => c.Z(n, m) * (1 - c.Z(n, m)), 1.7);
        Close.Holds(right, mended, "∂Ln/∂W", Differences.Tolerance, 10);
        Close.Holds(Of(c.D, c.M, c.EngineW), mended, "∂Ln/∂W of the engine");
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [Trait("Formula", "likelihood 27")]
    [Trait("Formula", "likelihood 29")]
    [Trait("Formula", "likelihood 30")]
    public void Z_times_1_minus_z_is_no_slope_of_the_tanh_of_3_nor_of_relu(string name)
    {
        LikelihoodCase c = LikelihoodCase.Of(Function.All.Single(f => f.Name == name));
        double[,] right = c.DifferencesW();
        Close.Differs(right, Boxed(c, (n, m) => c.Z(n, m) * (1 - c.Z(n, m)), 1), 0.1, $"∂Ln/∂W of {name} with z(1 − z)");
        double[,] mended = Boxed(c, (n, m) => name == "tanh" ? 1 - c.Z(n, m) * c.Z(n, m) : c.Z(n, m) > 0 ? 1 : 0, 1);
        Close.Holds(right, mended, "∂Ln/∂W", Differences.Tolerance, 10);
        Close.Holds(Of(c.D, c.M, c.EngineW), mended, "∂Ln/∂W of the engine");
    }

    [Fact]
    [Trait("Formula", "likelihood 27")]
    [Trait("Formula", "likelihood 30")]
    public void Without_the_bias_of_3_the_hidden_outputs_and_their_slopes_are_others()
    {
        double[,] z = Of(_case.N, _case.M, (n, m) => Function.Logistic.Value(Sum(_case.D, d => _case.W[d, m] * _case.X(n, d))));
        Close.Differs(_case.Engine.X(1), z, 0.05, "z without b");
        Close.Differs(
            _case.DifferencesW(), Boxed(_case, (n, m) => z[n, m] * (1 - z[n, m]), 1), 0.01, "∂Ln/∂W with slopes without b");
        double[,] mended = Of(
            _case.N, _case.M, (n, m) => Function.Logistic.Value(Sum(_case.D, d => _case.W[d, m] * _case.X(n, d)) + _case.B[m]));
        Close.Holds(_case.Engine.X(1), mended, "z");
        Close.Holds(
            _case.DifferencesW(), Boxed(_case, (n, m) => mended[n, m] * (1 - mended[n, m]), 1), "∂Ln/∂W",
            Differences.Tolerance, 10);
    }

    [Fact]
    [Trait("Formula", "likelihood 28")]
    public void The_c_that_28_leaves_out_is_missed_by_a_but_not_by_its_derivative()
    {
        double[,] without = Of(_case.N, _case.K, (n, k) => Sum(_case.M, m => _case.V[m, k] * _case.Z(n, m)));
        Close.Differs(_case.Engine.U(2), without, 0.05, "a without c");
        for (int m = 0; m < _case.M; m++)
        {
            for (int k = 0; k < _case.K; k++)
            {
                double slope = Differences.Derivative(
                    z => Sum(_case.M, i => _case.V[i, k] * (i == m ? z : _case.Z(0, i))), _case.Z(0, m));
                Close.Within(_case.V[m, k], slope, Differences.Tolerance, "∂a/∂z without c");
            }
        }
    }

    /// <summary>∂y/∂a ∂a/∂z ∂z/∂W.</summary>
    double Back(int n, int k1, int k, int d, int m) =>
        _case.Y(n, k1) * (Delta(k, k1) - _case.Y(n, k)) * _case.V[m, k] * Zw(n, n, d, m);

    /// <summary>(29) with z of one row and x of another.</summary>
    double Zw(int z, int x, int d, int m) => _case.Z(z, m) * (1 - _case.Z(z, m)) * _case.X(x, d);

    double Error(int n, int k) => _case.T(n, k) - _case.Y(n, k);

    /// <summary>(30) with a slope of its own and the targets' sum s: Σₙ Σₖ (t − s·y)Vₘₖ slope x_d.</summary>
    static double[,] Boxed(LikelihoodCase of, Func<int, int, double> slope, double s) => Of(
        of.D, of.M,
        (d, m) => Sum(of.N, n => Sum(of.K, k => (of.T(n, k) - s * of.Y(n, k)) * of.V[m, k] * slope(n, m) * of.X(n, d))));

    void DiffersW(Func<int, int, double> printed, double visibly, string what) =>
        Close.Differs(_case.DifferencesW(), Of(_case.D, _case.M, printed), visibly, what);

    void HoldsW(Func<int, int, double> mended) =>
        Close.Holds(_case.DifferencesW(), Of(_case.D, _case.M, mended), "∂Ln/∂W", Differences.Tolerance, 10);

    double Pairs(Func<int, int, double> term) => Sum(_case.N, n => Sum(_case.K, k => term(n, k)));

    double Triples(Func<int, int, int, double> term) => Sum(_case.N, n => Sum(_case.K, k1 => Sum(_case.K, k => term(n, k1, k))));

    static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);
}

using Xunit;
using static Backprop.Textbook.Algebra;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Where "scalars", sections 1 and 2.1, as printed has no meaning, leaves something out or gives another number than the
/// derivative, and how it is mended. All of one row, as the document has it.
/// </summary>
public sealed class ScalarsMisprintTests
{
    // Layers 2 → 4 → 3 → 5, where a wrong product shows by its shapes, and 3 → 3 → 3 → 3, where it shows by its numbers.
    static readonly ScalarsCase s_oblong = ScalarsCase.Layered(
        [2, 4, 3, 5],
        [
            [.. Enumerable.Repeat(Function.Tanh, 4)], [.. Enumerable.Repeat(Function.Softplus, 3)],
            [.. Enumerable.Repeat(Function.Sine, 5)],
        ],
        rows: 1);

    static readonly ScalarsCase s_square = ScalarsCase.Layered(
        [3, 3, 3, 3],
        [
            [.. Enumerable.Repeat(Function.Tanh, 3)], [.. Enumerable.Repeat(Function.Softplus, 3)],
            [.. Enumerable.Repeat(Function.Sine, 3)],
        ],
        rows: 1);

    readonly ScalarsCase _one = ScalarsCase.Chain(1);
    readonly ScalarsCase _two = ScalarsCase.Chain(2);
    readonly ScalarsCase _four = ScalarsCase.Chain(4);

    [Fact]
    [Trait("Formula", "scalars 1.1-3")]
    [Trait("Formula", "scalars 1.1-6")]
    public void The_slope_that_is_printed_without_its_argument_is_that_at_wx_minus_b()
    {
        double w = _one.Weight(1);
        double right = _one.DifferenceW(1);
        Holds(right, With(r => w * _one.X(r) - _one.B[0][0]));
        Close.Differs(right, With(r => _one.X(r)), 0.05, "de/dw with f′ at x");
        Close.Differs(right, With(r => w * _one.X(r)), 0.05, "de/dw with f′ at wx");
        Close.Differs(right, With(r => _one.O(1, r)), 0.01, "de/dw with f′ at o");

        double With(Func<int, double> argument) => Enumerable.Range(0, _one.Rows).Sum(
            r => 2 * (_one.O(1, r) - _one.T(r)) * _one.F[0][0].Derivative(argument(r)) * _one.X(r));
    }

    [Fact]
    [Trait("Formula", "scalars b")]
    public void The_bias_has_a_derivative_that_is_not_printed_and_is_of_the_other_sign_than_the_weights()
    {
        for (int i = 1; i <= 4; i++)
        {
            double right = _four.DifferenceB(i);
            double withoutSign = Enumerable.Range(0, _four.Rows).Sum(r => Chain(i, r));
            Holds(right, -withoutSign);
            Close.Differs(right, withoutSign, 1.9, "∂e/∂b with the sign of ∂e/∂w");
            Assert.True(Math.Abs(right) > 1e-3, "a bias that is never moved would be right only where its derivative is 0");
        }
    }

    [Fact]
    [Trait("Formula", "scalars 1.2-5")]
    public void The_second_weights_derivative_is_left_out_and_has_neither_the_weight_nor_the_first_slope()
    {
        double right = _two.DifferenceW(2);
        Holds(right, Rows(_two, r => 2 * (_two.O(2, r) - _two.T(r)) * _two.Slope(2, r) * _two.O(1, r)));
        Close.Differs(right, _two.EngineW(1), 0.5, "the printed one, of the first weight");
    }

    [Fact]
    [Trait("Formula", "scalars 1.3-3")]
    public void The_chain_of_the_last_layer_has_no_link_from_its_output_to_the_one_before()
    {
        double right = _four.DifferenceW(4);
        Holds(right, Rows(_four, r => _four.PartialE(r) * _four.PartialW(4, r)));
        Close.Differs(
            right, Rows(_four, r => _four.PartialE(r) * _four.PartialO(4, r) * _four.PartialW(4, r)), 0.1,
            "∂e/∂w(4) with ∂o(4)/∂o(3)");
    }

    [Fact]
    [Trait("Formula", "scalars 1.3-5")]
    [Trait("Formula", "scalars 1.3-6")]
    public void All_steps_are_taken_from_the_old_weights()
    {
        const double Eta = 0.3;
        double[] x = [_four.X(0)];
        double[] t = [_four.T(0)];
        var one = new ScalarsCase(_four.W, _four.B, _four.F, Numbers.Row(x), Numbers.Row(t));
        ScalarChain chain = one.Scalars();
        double[] w = chain.W;
        double[] b = chain.B;
        for (int i = 4; i >= 1; i--)
        {
            // Each layer's step from the weights that the steps of the layers above have left.
            var moved = new ScalarChain(w, b, [.. one.F.Select(f => f[0])]);
            (w[i - 1], b[i - 1]) = (
                w[i - 1] - Eta * moved.WeightGradient(i, x[0], t[0]), b[i - 1] - Eta * moved.BiasGradient(i, x[0], t[0]));
        }

        chain.Step(x, t, Eta);
        double engine = one.Engine.AfterUpdate(Eta).Weights[0][0, 0] - one.Weight(1);
        Close.Within(-Eta * one.DifferenceW(1), engine, Differences.Tolerance, "Δw(1)");
        Close.Holds(engine, chain.W[0] - one.Weight(1), "Δw(1) of the textbook");
        Close.Differs(engine, w[0] - one.Weight(1), 0.02, "Δw(1) after the other layers' steps");
    }

    [Fact]
    [Trait("Formula", "scalars 1.1-4")]
    [Trait("Formula", "scalars 1.3-2")]
    public void Of_several_rows_the_errors_and_their_derivatives_are_summed()
    {
        double[] e = [.. Enumerable.Range(0, 3).Select(r => (_four.T(r) - _four.O(4, r)) * (_four.T(r) - _four.O(4, r)))];
        Close.Holds(e.Sum(), _four.Engine.Flow.BatchLoss, "e");
        for (int r = 0; r < 3; r++)
            Close.Differs(_four.DifferenceW(2), Chain(2, r) * _four.O(1, r), 0.01, $"∂e/∂w(2) of row {r} alone");
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-1")]
    public void Without_the_bias_of_the_other_sections_the_outputs_are_others()
    {
        ScalarsCase c = s_oblong;
        double[,] printed = c.Column(0);
        for (int i = 1; i <= 3; i++)
        {
            printed = MatrixChain.Apply(c.F[i - 1], Product(c.W[i - 1], printed));
            Close.Differs(c.Column(i), printed, 0.05, $"O({i}) without B({i})");
            Close.Holds(
                c.Column(i), MatrixChain.Apply(c.F[i - 1], Difference(Product(c.W[i - 1], c.Column(i - 1)), Column(c.B[i - 1]))),
                $"O({i})");
        }
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-2")]
    public void The_T_above_is_a_transposition_though_T_is_the_target()
    {
        // With one output and the target 3, (T − O)ᵀ read as a power is the cube.
        double o = _two.O(2, 0);
        Close.Differs((3 - o) * (3 - o), Math.Pow(3 - o, 3) * (3 - o), 0.5, "e with T as an exponent");
        var one = new ScalarsCase(_two.W, _two.B, _two.F, Numbers.Row([_two.X(0)]), Numbers.Row([3]));
        Close.Holds((3 - o) * (3 - o), one.Engine.Flow.BatchLoss, "e with T as the transposition");
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-4")]
    public void The_product_runs_from_the_last_layer_down_for_matrices_do_not_commute()
    {
        Assert.Throws<ArgumentException>(() => Printed(s_oblong));
        Close.Differs(s_square.DifferencesW(1), Printed(s_square), 0.1, "∂e/∂W(1) with k from i+1 up to n");
        foreach (ScalarsCase c in new[] { s_oblong, s_square })
        {
            double[,] row = Product(Errors(c), Product(Link(c, 3), Link(c, 2)));
            Close.Holds(
                c.DifferencesW(1), Product(Transpose(Product(row, Slopes(c, 1))), Transpose(c.Column(0))), "∂e/∂W(1)",
                Differences.Tolerance, 1);
        }

        static double[,] Printed(ScalarsCase c) => Product(
            Transpose(Product(Product(Errors(c), Product(Link(c, 2), Link(c, 3))), Slopes(c, 1))), Transpose(c.Column(0)));
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-3")]
    [Trait("Formula", "scalars 2.1-4")]
    public void The_end_is_an_outer_product_for_a_row_times_a_column_is_no_matrix()
    {
        // 2.1-3's last factor ∂O/∂W has three indices; what 2.1-4 prints in its place, diag(F′)O, is a column.
        Assert.Throws<ArgumentException>(() => Product(Slopes(s_oblong, 2), s_oblong.Column(1)));
        double[,] printed = Product(
            Product(Errors(s_square), Link(s_square, 3)), Product(Slopes(s_square, 2), s_square.Column(1)));
        Assert.Equal((1, 1), (printed.GetLength(0), printed.GetLength(1)));
        Assert.False(Close.SameShape(printed, s_square.W[1]));
        foreach (ScalarsCase c in new[] { s_oblong, s_square })
        {
            double[,] row = Product(Product(Errors(c), Link(c, 3)), Slopes(c, 2));
            Close.Holds(
                c.DifferencesW(2), Product(Transpose(row), Transpose(c.Column(1))), "∂e/∂W(2)", Differences.Tolerance, 1);
        }
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-4")]
    [Trait("Formula", "scalars 2.1-8")]
    public void The_prime_belongs_to_F_within_the_diagonal_and_not_to_the_matrix()
    {
        // diag(F)′ read as the transposed diagonal matrix of F's values, as a prime on a matrix is often read.
        double[,] printed = Transpose(Diagonal(s_oblong.Column(3)));
        Close.Differs(s_oblong.DifferencesW(2), Gradient(printed), 0.1, "∂e/∂W(2) with diag(F)′");
        Close.Holds(s_oblong.DifferencesW(2), Gradient(Slopes(s_oblong, 3)), "∂e/∂W(2)", Differences.Tolerance, 1);

        static double[,] Gradient(double[,] diagonal) => Product(
            Transpose(Product(Product(Errors(s_oblong), Product(diagonal, s_oblong.W[2])), Slopes(s_oblong, 2))),
            Transpose(s_oblong.Column(1)));
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-4")]
    [Trait("Formula", "scalars 2.1-7")]
    public void The_X_of_the_slopes_is_not_the_input_X_but_WO_minus_B()
    {
        double[,] atInput = MatrixChain.DiagonalDerivative(s_square.F[2], s_square.Column(2));
        Close.Differs(s_square.DifferencesW(3), Gradient(atInput), 0.1, "∂e/∂W(3) with F′ at O(2)");
        double[,] atProduct = MatrixChain.DiagonalDerivative(s_square.F[2], Product(s_square.W[2], s_square.Column(2)));
        Close.Differs(s_square.DifferencesW(3), Gradient(atProduct), 0.05, "∂e/∂W(3) with F′ at W(3)O(2)");
        Close.Holds(s_square.DifferencesW(3), Gradient(Slopes(s_square, 3)), "∂e/∂W(3)", Differences.Tolerance, 1);

        static double[,] Gradient(double[,] diagonal) =>
            Product(Transpose(Product(Errors(s_square), diagonal)), Transpose(s_square.Column(2)));
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-5")]
    [Trait("Formula", "scalars 2.1-7")]
    public void The_n_of_F_is_the_layers_width_and_not_the_number_of_layers()
    {
        // Three layers, but four neurons in the first: F₁ of x₁ … x₃ gives too little for W⁽²⁾.
        double[,] printed = ScalarsCase.Of(s_oblong.N, 1, (j, _) => s_oblong.F[0][j].Value(s_oblong.U(1, 0, j)));
        Assert.Throws<ArgumentException>(() => Product(s_oblong.W[1], printed));
        double[,] mended = MatrixChain.Apply(s_oblong.F[0], s_oblong.Argument(1));
        Close.Holds(
            s_oblong.Argument(2), Difference(Product(s_oblong.W[1], mended), Column(s_oblong.B[1])), "the argument of F2");
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-6")]
    [Trait("Formula", "scalars 2.1-8")]
    public void One_function_for_a_layer_is_not_one_for_each_neuron_as_2_2_has_it()
    {
        ScalarsCase c = ScalarsCase.Wide();
        double[,] printed = Map(c.F[0][0].Value, c.Argument(1));
        Close.Differs(c.Column(1), printed, 0.1, "O(1) with f of the first neuron for all");
        Close.Holds(c.Column(1), MatrixChain.Apply(c.F[0], c.Argument(1)), "O(1)");
    }

    double Chain(int i, int r)
    {
        double product = 2 * (_four.O(4, r) - _four.T(r));
        for (int k = i + 1; k <= 4; k++)
            product *= _four.Slope(k, r) * _four.Weight(k);

        return product * _four.Slope(i, r);
    }

    static double[,] Errors(ScalarsCase c) => Scale(2, Transpose(Difference(c.Column(3), Column(c.RowT(0)))));

    static double[,] Slopes(ScalarsCase c, int i) => MatrixChain.DiagonalDerivative(c.F[i - 1], c.Argument(i));

    static double[,] Link(ScalarsCase c, int k) => Product(Slopes(c, k), c.W[k - 1]);

    static double[,] Diagonal(double[,] column) =>
        ScalarsCase.Of(column.Length, column.Length, (j, k) => j == k ? column[j, 0] : 0);

    static double Rows(ScalarsCase c, Func<int, double> term) => Enumerable.Range(0, c.Rows).Sum(term);

    static void Holds(double right, double mended) => Close.Within(right, mended, Differences.Tolerance, "the mended formula");
}

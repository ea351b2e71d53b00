using Xunit;
using static Backprop.Textbook.Algebra;
using static Backprop.Textbook.Tests.ScalarsCase;

namespace Backprop.Textbook.Tests;

/// <summary>
/// "scalars", section 2.1: the engine's numbers are the mended matrix formulas', for layers 2 → 4 → 3 → 5 and
/// four rows.
/// </summary>
public sealed class ScalarsMatrixFormulaTests
{
    readonly ScalarsCase _case = ScalarsCase.Wide();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.1-1")]
    public void Every_output_is_F_of_W_times_the_one_before_minus_B(int i)
    {
        for (int r = 0; r < _case.Rows; r++)
        {
            double[,] u = Difference(Product(_case.W[i - 1], O(i - 1, r)), Algebra.Column(_case.B[i - 1]));
            Close.Holds(u, U(i, r), $"W({i})O({i - 1}) − B({i})", terms: Terms(i, r));
            Close.Holds(MatrixChain.Apply(_case.F[i - 1], u), O(i, r), $"O({i})", terms: Terms(i, r));
            Close.Holds(_case.Matrices().Outputs(_case.RowX(r))[i], O(i, r), $"O({i}) of the textbook", terms: Terms(i, r));
        }
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-2")]
    public void The_error_is_the_difference_transposed_times_itself()
    {
        for (int r = 0; r < _case.Rows; r++)
        {
            double[,] difference = Difference(Algebra.Column(_case.RowT(r)), O(3, r));
            double e = Product(Transpose(difference), difference)[0, 0];
            Close.Holds(e, _case.Engine.Flow.RowLosses[r], "e");
            Close.Holds(e, _case.Matrices().Error(_case.RowX(r), _case.RowT(r)), "e of the textbook");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.1-3")]
    public void A_weights_derivative_is_a_chain_of_jacobians_whose_last_has_three_indices(int i)
    {
        double[,] gradient = new double[_case.Width(i), _case.Width(i - 1)];
        for (int r = 0; r < _case.Rows; r++)
        {
            double[,] row = Of(1, _case.Width(3), (_, j) => _case.PartialE(r, j));
            for (int k = 3; k > i; k--)
                row = Product(row, Of(_case.Width(k), _case.Width(k - 1), (j, l) => _case.PartialO(k, r, j, l)));

            // ∂Oₗ/∂Wⱼₖ is 0 unless l = j, which leaves one term of the sum over l.
            gradient = Sum(gradient, Of(_case.Width(i), _case.Width(i - 1), (j, k) => row[0, j] * _case.PartialW(i, r, j, k)));
        }

        Close.Holds(gradient, _case.EngineMatrix(i), $"∂e/∂W({i})");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.1-4")]
    public void A_weights_derivative_is_the_product_from_the_last_layer_down_and_an_outer_product(int i)
    {
        double[,] gradient = new double[_case.Width(i), _case.Width(i - 1)];
        double[,] ofTextbook = gradient;
        MatrixChain textbook = _case.Matrices();
        for (int r = 0; r < _case.Rows; r++)
        {
            gradient = Sum(gradient, Product(Transpose(RowOfErrors(i, r)), Transpose(O(i - 1, r))));
            ofTextbook = Sum(ofTextbook, textbook.WeightGradient(i, _case.RowX(r), _case.RowT(r)));
        }

        Close.Holds(gradient, _case.EngineMatrix(i), $"∂e/∂W({i})");
        Close.Holds(ofTextbook, _case.EngineMatrix(i), $"∂e/∂W({i}) of the textbook");
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-5")]
    public void F_of_a_column_is_a_column()
    {
        ScalarsCase uniform = Uniform();
        for (int i = 1; i <= 2; i++)
        {
            for (int r = 0; r < uniform.Rows; r++)
            {
                double[,] u = uniform.Argument(i, r);
                double[,] o = uniform.Column(i, r);
                Close.Holds(Map(uniform.F[i - 1][0].Value, u), o, $"F{i}(X)");
            }
        }
    }

    [Fact]
    [Trait("Formula", "scalars 2.1-6")]
    public void Each_element_of_F_is_f_of_the_same_element()
    {
        for (int i = 1; i <= 3; i++)
        {
            for (int r = 0; r < _case.Rows; r++)
            {
                for (int j = 0; j < _case.Width(i); j++)
                    Close.Holds(_case.F[i - 1][j].Value(_case.U(i, r, j)), _case.O(i, r, j), $"f{i}(x{j})");
                Close.Holds(MatrixChain.Apply(_case.F[i - 1], U(i, r)), O(i, r), $"F{i}(X) of the textbook");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.1-7")]
    public void An_error_goes_back_through_F_by_a_matrix_with_slopes_on_its_diagonal(int i)
    {
        for (int r = 0; r < _case.Rows; r++)
        {
            double[,] jacobian = Of(
                _case.Width(i), _case.Width(i),
                (j, k) => j == k ? ComplexStep.Derivative(_case.F[i - 1][j], _case.U(i, r, j)) : 0);
            Close.Holds(Product(RowOf(_case.Engine.dX(i), r), jacobian), RowOf(_case.Engine.dU(i), r), $"∂e/∂X({i})·∂F/∂X");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars 2.1-8")]
    public void The_matrix_is_the_diagonal_one_of_the_slopes(int i)
    {
        for (int r = 0; r < _case.Rows; r++)
        {
            double[,] diagonal = MatrixChain.DiagonalDerivative(_case.F[i - 1], U(i, r));
            Assert.Equal(_case.Width(i), diagonal.GetLength(0));
            double[,] slopes = _case.Engine.Flow.Layers[i - 1].Derivative!.ToArray();
            Close.Holds(Of(_case.Width(i), _case.Width(i), (j, k) => j == k ? slopes[r, j] : 0), diagonal, $"diag(F′{i})");
            Close.Holds(Product(RowOf(_case.Engine.dX(i), r), diagonal), RowOf(_case.Engine.dU(i), r), $"∂e/∂X({i})·diag(F′)");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Formula", "scalars b")]
    public void A_biass_derivative_is_minus_the_row_without_the_outer_product(int i)
    {
        double[,] gradient = new double[1, _case.Width(i)];
        double[,] ofTextbook = gradient;
        for (int r = 0; r < _case.Rows; r++)
        {
            gradient = Difference(gradient, RowOfErrors(i, r));
            ofTextbook = Sum(ofTextbook, Numbers.Row(_case.Matrices().BiasGradient(i, _case.RowX(r), _case.RowT(r))));
        }

        double[,] engine = Of(1, _case.Width(i), (_, j) => _case.EngineB(i, j));
        Close.Holds(gradient, engine, $"∂e/∂B({i})");
        Close.Holds(ofTextbook, engine, $"∂e/∂B({i}) of the textbook");
    }

    [Fact]
    public void A_hundred_steps_by_matrices_and_of_the_engine_lead_to_the_same_numbers()
    {
        MatrixChain textbook = _case.Matrices();
        double start = textbook.Error(_case.AllX, _case.AllT);
        double end = textbook.Train(_case.AllX, _case.AllT, 0.01, 100);
        var trained = _case.Engine.AfterTraining(0.01, 100);
        for (int i = 1; i <= 3; i++)
        {
            double[,] w = Transpose(EngineCase.Plain(trained.Weights[i - 1]));
            double[,] b = Scale(-1, EngineCase.Plain(trained.Biases[i - 1]!));
            Close.Holds(w, textbook.W[i - 1], $"W({i})", 1e-10);
            Close.Holds(b, Numbers.Row(textbook.B[i - 1]), $"B({i})", 1e-10);
        }

        Assert.True(end < start / 2, $"e went from {start} to {end} only");
    }

    /// <summary>2(O⁽ⁿ⁾ − T)ᵀ·Π [diag(Fₖ′)W⁽ᵏ⁾ for k = n down to i+1]·diag(Fᵢ′) [1, Nᵢ].</summary>
    double[,] RowOfErrors(int i, int r)
    {
        double[,] row = Scale(2, Transpose(Difference(O(3, r), Algebra.Column(_case.RowT(r)))));
        for (int k = 3; k > i; k--)
            row = Product(Product(row, MatrixChain.DiagonalDerivative(_case.F[k - 1], U(k, r))), _case.W[k - 1]);

        return Product(row, MatrixChain.DiagonalDerivative(_case.F[i - 1], U(i, r)));
    }

    /// <summary>The largest sum of absolute terms of W⁽ⁱ⁾O⁽ⁱ⁻¹⁾ − B⁽ⁱ⁾.</summary>
    double Terms(int i, int r) => Close.Largest(Sum(
        Product(Map(Math.Abs, _case.W[i - 1]), Map(Math.Abs, O(i - 1, r))), Map(Math.Abs, Algebra.Column(_case.B[i - 1]))));

    double[,] O(int i, int r) => _case.Column(i, r);

    double[,] U(int i, int r) => _case.Argument(i, r);

    static ScalarsCase Uniform() => Layered(
        [2, 3, 4], [[Function.Sine, Function.Sine, Function.Sine], [.. Enumerable.Repeat(Function.Softplus, 4)]]);

    static double[,] RowOf(double[,] matrix, int row) => Numbers.Row(Numbers.RowOf(matrix, row));
}

using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>The systems of "scalars" derive rightly, and all alike.</summary>
public sealed class ScalarsTextbookTests
{
    readonly ScalarsCase _case = ScalarsCase.Wide();

    [Fact]
    public void The_chain_agrees_with_differences_and_complex_steps()
    {
        ScalarsCase four = ScalarsCase.Chain(4);
        ScalarChain chain = four.Scalars();
        (double[][,] w, double[][] b) = Complex(four);
        for (int i = 1; i <= 4; i++)
        {
            double byW = Enumerable.Range(0, four.Rows).Sum(r => chain.WeightGradient(i, four.X(r), four.T(r)));
            double byB = Enumerable.Range(0, four.Rows).Sum(r => chain.BiasGradient(i, four.X(r), four.T(r)));
            Close.Within(four.DifferenceW(i), byW, Differences.Tolerance, $"∂e/∂w({i})");
            Close.Within(four.DifferenceB(i), byB, Differences.Tolerance, $"∂e/∂b({i})");
            Close.Holds(w[i - 1][0, 0], byW, $"∂e/∂w({i})", 1);
            Close.Holds(-b[i - 1][0], byB, $"∂e/∂b({i})", 1);
        }
    }

    [Fact]
    public void One_and_two_layers_are_the_chain_of_one_and_two()
    {
        ScalarsCase one = ScalarsCase.Chain(1);
        Assert.Equal(
            one.Scalars().WeightGradient(1, one.X(0), one.T(0)),
            ScalarChain.SingleLayerGradient(one.Weight(1), one.B[0][0], one.F[0][0], one.X(0), one.T(0)), 15);
        ScalarsCase two = ScalarsCase.Chain(2);
        Assert.Equal(
            two.Scalars().WeightGradient(1, two.X(0), two.T(0)),
            ScalarChain.DoubleLayerGradient(
                two.Weight(1), two.B[0][0], two.F[0][0], two.Weight(2), two.B[1][0], two.F[1][0], two.X(0), two.T(0)), 15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Matrices_and_paths_agree_with_differences_and_complex_steps(int i)
    {
        (double[][,] byW, double[][] byB) = Complex(_case);
        double[,] w = SumOverRows((x, t) => _case.Matrices().WeightGradient(i, x, t));
        double[,] b = SumOverRows((x, t) => Numbers.Row(_case.Matrices().BiasGradient(i, x, t)));
        Close.Holds(_case.DifferencesW(i), w, $"∂e/∂W({i})", Differences.Tolerance, 10);
        Close.Holds(
            ScalarsCase.Of(1, _case.Width(i), (_, j) => _case.DifferenceB(i, j)), b, $"∂e/∂B({i})", Differences.Tolerance, 10);
        Close.Holds(Algebra.Transpose(byW[i - 1]), w, $"∂e/∂W({i})");
        Close.Holds(Algebra.Scale(-1, Numbers.Row(byB[i - 1])), b, $"∂e/∂B({i})");
        Close.Holds(w, SumOverRows((x, t) => _case.Paths().WeightGradient(i, x, t)), $"∂e/∂w({i}) by paths");
        Close.Holds(b, SumOverRows((x, t) => Numbers.Row(_case.Paths().BiasGradient(i, x, t))), $"∂e/∂b({i}) by paths");
    }

    [Fact]
    public void Without_biases_paths_and_matrices_are_the_sums_of_the_index_form()
    {
        double[][] none = [.. _case.B.Select(layer => new double[layer.Length])];
        var paths = new PathSums(_case.W, none, _case.F);
        var matrices = new MatrixChain(_case.W, none, _case.F);
        var indices = new IndexForm([.. _case.W.Select(Algebra.Transpose)], _case.F);
        double[][,] byIndices = indices.Gradient(Numbers.RowsOf(_case.AllX), Numbers.RowsOf(_case.AllT), Cost.Squared);
        for (int i = 1; i <= 3; i++)
        {
            Close.Holds(Algebra.Transpose(byIndices[i]), SumOverRows((x, t) => paths.WeightGradient(i, x, t)), "by paths");
            Close.Holds(Algebra.Transpose(byIndices[i]), SumOverRows((x, t) => matrices.WeightGradient(i, x, t)), "by matrices");
        }
    }

    [Fact]
    public void Shapes_that_make_no_network_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ScalarChain([1, 2], [1], [Function.Tanh, Function.Tanh]));
        Assert.Throws<ArgumentException>(() => new MatrixChain([new double[2, 3]], [[1]], [[Function.Tanh, Function.Tanh]]));
        Assert.Throws<ArgumentException>(() => new PathSums(
            [new double[2, 3], new double[1, 3]], [[1, 1], [1]], [[Function.Tanh, Function.Tanh], [Function.Tanh]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _case.Paths().PathCount(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _case.Matrices().WeightGradient(4, _case.RowX(0), _case.RowT(0)));
    }

    double[,] SumOverRows(Func<double[], double[], double[,]> gradient) => Enumerable.Range(0, _case.Rows)
        .Select(r => gradient(_case.RowX(r), _case.RowT(r))).Aggregate(Algebra.Sum);

    /// <summary>∂e/∂W [in, out] and ∂e/∂b of biases that are added.</summary>
    static (double[][,] Weights, double[][] Biases) Complex(ScalarsCase of) => ComplexStep.Gradient(
        [.. of.W.Select(Algebra.Transpose)], [.. of.B.Select(layer => layer.Select(b => -b).ToArray())], of.F, of.AllX,
        outputs => outputs.SelectMany((o, r) => o.Select((each, j) => (of.T(r, j) - each) * (of.T(r, j) - each)))
            .Aggregate(System.Numerics.Complex.Zero, (sum, each) => sum + each));
}

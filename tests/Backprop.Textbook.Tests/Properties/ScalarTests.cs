using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Drawn networks under the squared loss against the three systems of "scalars": wx − b, so their b is the engine's −b, and so
/// is its gradient.
/// </summary>
public sealed class ScalarTests(ITestOutputHelper output)
{
    static readonly Wish s_wish = new()
    {
        Biases = true,
        Activations = Functions.Known,
        Losses = [Engine.Loss.Squared],
        SoftmaxUnderPlainLosses = false,
    };

    [Fact]
    public void A_chain_of_single_neurons_has_the_outputs_and_gradients_of_the_products() => Cases.Prove(
        s_wish with { Width = (1, 1) }, 200, output, (drawn, closeness) =>
        {
            var against = new Against(drawn, closeness);
            int n = drawn.Shape.Layers.Length;
            Function[] f = [.. drawn.Shape.Layers.Select(layer => Functions.Of(layer.Neurons[0]))];
            double[] w = [.. drawn.Flow.Layers.Select(layer => layer.Weights[0, 0])];
            double[] b = [.. drawn.Flow.Layers.Select(layer => -layer.Biases![0, 0])];
            var chain = new ScalarChain(w, b, f);
            double e = 0;
            double[] dw = new double[n], db = new double[n];
            for (int row = 0; row < drawn.Shape.Rows; row++)
            {
                double x = drawn.Inputs[row, 0], t = drawn.Targets[row, 0], factor = drawn.Factor(row);
                double[] o = chain.Outputs(x);
                e += factor * chain.Error(x, t);
                for (int i = 1; i <= n; i++)
                {
                    double byBias = factor * chain.BiasGradient(i, x, t);
                    double byWeight = n == 1 ? ScalarChain.SingleLayerGradient(w[0], b[0], f[0], x, t)
                        : n == 2 && i == 1 ? ScalarChain.DoubleLayerGradient(w[0], b[0], f[0], w[1], b[1], f[1], x, t)
                        : chain.WeightGradient(i, x, t);
                    dw[i - 1] += factor * byWeight;
                    db[i - 1] += byBias;
                    against.U(i, row, [w[i - 1] * o[i - 1] - b[i - 1]]);
                    against.X(i, row, [o[i]]);
                    against.Delta(i, row, [-byBias]);
                }
            }

            for (int i = 1; i <= n; i++)
            {
                against.WeightGradient(i, new[,] { { dw[i - 1] } });
                against.BiasGradient(i, new[,] { { -db[i - 1] } });
            }

            against.Loss(e);
        });

    [Fact]
    public void Outputs_and_gradients_are_those_of_the_product_of_matrices() => Cases.Prove(
        s_wish, 200, output, (drawn, closeness) =>
        {
            (double[][,] w, double[][] b, Function[][] f) = Transposed(drawn);
            var chain = new MatrixChain(w, b, f);
            Prove(drawn, closeness, chain.Error, Outputs, chain.WeightGradient, chain.BiasGradient);

            double[][] Outputs(double[] x) => [.. chain.Outputs(x).Select(o => Numbers.RowOf(Algebra.Transpose(o), 0))];
        });

    [Fact]
    public void Outputs_and_gradients_are_those_of_the_sums_over_all_paths() => Cases.Prove(
        s_wish with { Depth = (1, 4), Width = (1, 4), Rows = (1, 4) }, 100, output, (drawn, closeness) =>
        {
            (double[][,] w, double[][] b, Function[][] f) = Transposed(drawn);
            var sums = new PathSums(w, b, f);
            Prove(drawn, closeness, sums.Error, sums.Outputs, sums.WeightGradient, ByBias);

            double[] ByBias(int i, double[] x, double[] t) => [.. b[i - 1].Select((_, j) => sums.BiasGradient(i, j, x, t))];
        });

    static void Prove(
        Drawn drawn, Closeness closeness, Func<double[], double[], double> error, Func<double[], double[][]> outputs,
        Func<int, double[], double[], double[,]> byWeight, Func<int, double[], double[], double[]> byBias)
    {
        var against = new Against(drawn, closeness);
        int n = drawn.Shape.Layers.Length;
        double e = 0;
        double[][,] dw = new double[n][,], db = new double[n][,];
        for (int row = 0; row < drawn.Shape.Rows; row++)
        {
            double[] x = Numbers.RowOf(drawn.Inputs, row), t = Numbers.RowOf(drawn.Targets, row);
            double factor = drawn.Factor(row);
            double[][] o = outputs(x);
            e += factor * error(x, t);
            for (int i = 1; i <= n; i++)
            {
                // The engine's delta is the error of +b.
                double[] delta = [.. byBias(i, x, t).Select(each => -factor * each)];
                against.X(i, row, o[i]);
                against.Delta(i, row, delta);
                double[,] weights = Algebra.Scale(factor, Algebra.Transpose(byWeight(i, x, t)));
                dw[i - 1] = row == 0 ? weights : Algebra.Sum(dw[i - 1], weights);
                db[i - 1] = row == 0 ? Numbers.Row(delta) : Algebra.Sum(db[i - 1], Numbers.Row(delta));
            }
        }

        for (int i = 1; i <= n; i++)
        {
            against.WeightGradient(i, dw[i - 1]);
            against.BiasGradient(i, db[i - 1]);
        }

        against.Loss(e);
    }

    static (double[][,] W, double[][] B, Function[][] F) Transposed(Drawn drawn) => (
        [.. drawn.Flow.Layers.Select(layer => Algebra.Transpose(layer.Weights.ToArray()))],
        [.. drawn.Flow.Layers.Select(layer => layer.Biases![0].ToArray().Select(each => -each).ToArray())],
        [.. drawn.Shape.Layers.Select(layer => layer.Neurons.Select(Functions.Of).ToArray())]);
}

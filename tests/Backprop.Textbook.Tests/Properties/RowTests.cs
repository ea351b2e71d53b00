using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>Drawn networks with biases, one activation a layer and ½ squared: the engine against "rows" and "columns".</summary>
public sealed class RowTests(ITestOutputHelper output)
{
    static readonly Wish s_wish = new()
    {
        Biases = true,
        OnePerLayer = true,
        Activations = Functions.Known,
        Losses = [Engine.Loss.HalfSquared],
        SoftmaxUnderPlainLosses = false,
    };

    [Fact]
    public void All_values_errors_and_gradients_are_those_of_the_row_vectors_in_both_forms() => Cases.Prove(
        s_wish, 200, output, (drawn, closeness) =>
        {
            var against = new Against(drawn, closeness);
            int depth = drawn.Shape.Layers.Length;
            var rows = new RowVectors(
                [.. drawn.Flow.Layers.Select(layer => layer.Weights.ToArray())],
                [.. drawn.Flow.Layers.Select(layer => layer.Biases![0].ToArray())],
                [.. drawn.Shape.Layers.Select(layer => Functions.Of(layer.Neurons[0]))]);
            double e = 0;
            double[][,] w = new double[depth][,], b = new double[depth][,];
            for (int row = 0; row < drawn.Shape.Rows; row++)
            {
                double factor = drawn.Factor(row);
                double[] x = Numbers.RowOf(drawn.Inputs, row), y = Numbers.RowOf(drawn.Targets, row);
                RowVectors.Values values = rows.Forward(x);
                RowVectors.Derivatives longForm = rows.LongForm(values, y);
                RowVectors.DeltaForm deltas = rows.Deltas(values, y);
                e += factor * rows.C(x, y);
                for (int k = 1; k <= depth; k++)
                {
                    // Layer i of the document is the engine's k = i − 1; wᵢ and bᵢ lead to layer i + 1.
                    against.U(k, row, Numbers.RowOf(values.z[k + 1], 0));
                    against.X(k, row, Numbers.RowOf(values.a[k + 1], 0));
                    against.OutputErrors(k, row, Numbers.RowOf(Algebra.Scale(factor, longForm.a[k + 1]), 0));
                    against.Delta(k, row, Numbers.RowOf(Algebra.Scale(factor, deltas.δ[k + 1]), 0));
                    against.Delta(k, row, Numbers.RowOf(Algebra.Scale(factor, longForm.b[k]), 0));
                    w[k - 1] = Added(w[k - 1], Algebra.Scale(factor, row % 2 == 0 ? longForm.w[k] : deltas.w[k]));
                    b[k - 1] = Added(b[k - 1], Algebra.Scale(factor, row % 2 == 0 ? longForm.b[k] : deltas.b[k]));
                }

                against.InputErrors(row, Numbers.RowOf(Algebra.Scale(factor, longForm.a[1]), 0));
            }

            for (int k = 1; k <= depth; k++)
            {
                against.WeightGradient(k, w[k - 1]);
                against.BiasGradient(k, b[k - 1]);
            }

            against.Loss(e);
        });

    [Fact]
    public void All_values_errors_and_gradients_are_those_of_the_columns() => Cases.Prove(
        s_wish with { Depth = (2, 5), OutputActivations = [Activation.Linear], RowWeights = false },
        200, output, (drawn, closeness) =>
        {
            var against = new Against(drawn, closeness);
            int hidden = drawn.Shape.Layers.Length - 1;
            double[][,] w = [.. drawn.Flow.Layers.Select(layer => Algebra.Transpose(layer.Weights.ToArray()))];
            double[][] b = [.. drawn.Flow.Layers.Select(layer => layer.Biases![0].ToArray())];
            var columns = new BatchColumns(
                w[..hidden], b[..hidden], [.. drawn.Shape.Layers.Take(hidden).Select(layer => Functions.Of(layer.Neurons[0]))],
                w[hidden], b[hidden]);
            double[,] input = Algebra.Transpose(drawn.Inputs), aims = Algebra.Transpose(drawn.Targets);
            BatchColumns.Values values = columns.Forward(input);
            BatchColumns.Gradients gradients = columns.Backward(values, aims);

            // The document's L is the sum over the N columns; the engine's mean is 1/N of it.
            double share = drawn.Factor(0);
            against.Loss(share * columns.L(input, aims));
            for (int row = 0; row < drawn.Shape.Rows; row++)
            {
                for (int k = 1; k <= hidden; k++)
                {
                    against.U(k, row, Column(values.H[k], row, 1));
                    against.X(k, row, Column(values.Ĥ[k], row, 1));
                    against.OutputErrors(k, row, Column(gradients.Ĥ[k], row, share));
                    against.Delta(k, row, Column(gradients.H[k], row, share));
                }

                against.X(hidden + 1, row, Column(values.O, row, 1));
                against.OutputErrors(hidden + 1, row, Column(gradients.O, row, share));
                against.Delta(hidden + 1, row, Column(gradients.O, row, share));
                against.InputErrors(row, Column(gradients.Ĥ[0], row, share));
            }

            for (int k = 1; k <= hidden; k++)
            {
                against.WeightGradient(k, Algebra.Scale(share, Algebra.Transpose(gradients.WH[k])));
                against.BiasGradient(k, Algebra.Scale(share, Algebra.Transpose(gradients.bH[k])));
            }

            against.WeightGradient(hidden + 1, Algebra.Scale(share, Algebra.Transpose(gradients.WO)));
            against.BiasGradient(hidden + 1, Algebra.Scale(share, Algebra.Transpose(gradients.bO)));
        });

    static double[,] Added(double[,]? sum, double[,] more) => sum is null ? more : Algebra.Sum(sum, more);

    static double[] Column(double[,] a, int column, double factor) =>
        [.. Enumerable.Range(0, a.GetLength(0)).Select(i => factor * a[i, column])];
}

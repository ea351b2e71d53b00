using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>Drawn networks without biases, an activation for each neuron and any loss: the engine against "indices".</summary>
public sealed class IndexTests(ITestOutputHelper output)
{
    [Fact]
    public void All_values_errors_and_gradients_are_those_of_the_index_form() => Cases.Prove(
        new Wish { Biases = false, Activations = Functions.Known }, 300, output, (drawn, closeness) =>
        {
            var against = new Against(drawn, closeness);
            int depth = drawn.Shape.Layers.Length;
            var form = new IndexForm(
                [.. drawn.Flow.Layers.Select(layer => layer.Weights.ToArray())],
                [.. drawn.Shape.Layers.Select(layer => layer.Neurons.Select(Functions.Of).ToArray())]);
            var gradient = new double[depth + 1][,];
            double e = 0;
            for (int row = 0; row < drawn.Shape.Rows; row++)
            {
                Cost cost = Functions.Cost(drawn.Shape, drawn.Factor(row));
                double[] t = Numbers.RowOf(drawn.Targets, row);
                IndexForm.ValueFlow values = form.Values(Numbers.RowOf(drawn.Inputs, row));
                IndexForm.ErrorFlow errors = form.Errors(values, t, cost);
                e += cost.Value(values.X[depth], t);
                for (int k = 1; k <= depth; k++)
                {
                    against.U(k, row, values.U[k]);
                    against.Delta(k, row, errors.U[k]);
                    gradient[k] = gradient[k] is null ? errors.W[k] : Algebra.Sum(gradient[k], errors.W[k]);
                    if (k == depth && drawn.Flow.Layers[^1].Derivative is null)
                        continue; // Softmax is part of the cost here, so this X is the engine's U.

                    against.X(k, row, values.X[k]);
                    against.OutputErrors(k, row, errors.X[k]);
                }

                against.InputErrors(row, errors.X[0]);
            }

            for (int k = 1; k <= depth; k++)
                against.WeightGradient(k, gradient[k]);
            against.Loss(e);
        });
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>The engine's gradients of any network that can be drawn, against extrapolated differences of its loss.</summary>
public sealed class DifferenceTests(ITestOutputHelper output)
{
    const double Bound = 1e-7;

    // Differences.Derivative's own first step.
    const double Unit = 1.0 / 32;

    delegate ref double Place(int i, int j);

    [Fact]
    public void Every_gradient_is_the_derivative_of_the_loss() => Cases.Prove(
        new Wish { Depth = (1, 5), Width = (1, 5), Rows = (1, 4) }, 200, output, (drawn, closeness) =>
        {
            var terms = new TermSums(drawn.Flow, drawn.Factor);
            Parameters<double> moving = drawn.Flow.CopyParameters();
            double[,] inputs = (double[,])drawn.Inputs.Clone();
            for (int k = 0; k < drawn.Flow.Layers.Length; k++)
            {
                LayerRecord<double> layer = drawn.Flow.Layers[k];
                Matrix<double> w = moving.Weights[k];
                Check(k + 1, $"∂e/∂W of layer {k + 1}", layer.WeightGradient, (i, j) => ref w[i][j], terms.WeightGradient[k]);
                if (moving.Biases[k] is { } b)
                    Check(k + 1, $"∂e/∂b of layer {k + 1}", layer.BiasGradient!, (i, j) => ref b[i][j], terms.BiasGradient[k]);
            }

            Check(0, "∂e/∂X⁰", drawn.Flow.InputErrors, (i, j) => ref inputs[i, j], terms.InputErrors);

            void Check(
                int layer, string what, ReadOnlyMatrix<double> actual, Place place, double scale)
            {
                // The longest of the four halved steps: too short for any U or X − t to come to a kink.
                double step = drawn.SafeStep(layer) / Unit;
                var differences = new double[actual.Rows, actual.Columns];
                for (int i = 0; i < actual.Rows; i++)
                {
                    for (int j = 0; j < actual.Columns; j++)
                    {
                        double old = place(i, j);
                        differences[i, j] = Differences.Derivative(
                            s =>
                            {
                                place(i, j) = old + s * step;
                                return drawn.Loss(moving, inputs);
                            },
                            0) / step;
                        place(i, j) = old;
                    }
                }

                closeness.Check(what, actual.ToArray(), differences, Bound * scale);
            }
        });
}

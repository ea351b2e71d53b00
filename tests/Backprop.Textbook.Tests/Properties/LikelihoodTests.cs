using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>Drawn networks of one hidden layer against "likelihood": Ln = −e, so every gradient has the other sign.</summary>
public sealed class LikelihoodTests(ITestOutputHelper output)
{
    [Fact]
    public void The_likelihood_and_its_gradients_are_those_of_the_ascent() => Cases.Prove(
        new Wish
        {
            Depth = (2, 2),
            Biases = true,
            OnePerLayer = true,
            Activations = Functions.Known,
            OutputActivations = [Activation.Linear],
            Losses = [Engine.Loss.SoftmaxCrossEntropy(), Engine.Loss.LogisticCrossEntropy(), Engine.Loss.HalfSquared],
            SoftmaxUnderPlainLosses = false,
            RowWeights = false,
        },
        200, output, (drawn, closeness) =>
        {
            var against = new Against(drawn, closeness);
            LayerRecord<double> first = drawn.Flow.Layers[0], last = drawn.Flow.Layers[1];
            var likelihood = new Likelihood(
                first.Weights.ToArray(), first.Biases![0].ToArray(), last.Weights.ToArray(), last.Biases![0].ToArray(),
                Functions.Of(drawn.Shape.Layers[0].Neurons[0]),
                drawn.Shape.Loss.Kind switch
                {
                    LossKind.Softmax => LikelihoodOutput.Softmax,
                    LossKind.Joint => LikelihoodOutput.Logistic,
                    _ => LikelihoodOutput.Linear,
                });
            double sign = -drawn.Factor(0);
            for (int row = 0; row < drawn.Shape.Rows; row++)
            {
                double[] x = Numbers.RowOf(drawn.Inputs, row), t = Numbers.RowOf(drawn.Targets, row);
                against.X(1, row, likelihood.Z(x));
                against.U(2, row, likelihood.A(x));
                against.X(2, row, likelihood.Y(x));
                against.Delta(2, row, [.. likelihood.OutputErrors(x, t).Select(error => sign * error)]);
            }

            LikelihoodGradient gradient = likelihood.Gradient(drawn.Inputs, drawn.Targets);
            against.WeightGradient(1, Algebra.Scale(sign, gradient.W));
            against.BiasGradient(1, Algebra.Scale(sign, Numbers.Row(gradient.B)));
            against.WeightGradient(2, Algebra.Scale(sign, gradient.V));
            against.BiasGradient(2, Algebra.Scale(sign, Numbers.Row(gradient.C)));
            against.Loss(sign * likelihood.Ln(drawn.Inputs, drawn.Targets));
        });
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>The same draws in both precisions: no further apart than the lengths of the sums explain.</summary>
public sealed class SinglePrecisionTests(ITestOutputHelper output)
{
    [Fact]
    public void Single_precision_is_as_near_to_double_as_the_lengths_of_the_sums_allow() => Cases.Prove(
        new Wish(), 400, output, (drawn, closeness) =>
        {
            FlowRecord<float> single = InSinglePrecision(drawn);
            FlowRecord<double> flow = drawn.Flow;
            var bounds = new RoundingBounds(flow, drawn.Factor);
            for (int k = 0; k < flow.Layers.Length; k++)
            {
                Check($"U of layer {k + 1}", single.Layers[k].U, flow.Layers[k].U, bounds.U[k]);
                Check($"X of layer {k + 1}", single.Layers[k].X, flow.Layers[k].X, bounds.X[k]);
                Check($"∂e/∂U of layer {k + 1}", single.Layers[k].Delta, flow.Layers[k].Delta, bounds.Delta[k]);
                Check($"∂e/∂W of layer {k + 1}", single.Layers[k].WeightGradient, flow.Layers[k].WeightGradient,
                    bounds.WeightGradient[k]);
                if (flow.Layers[k].BiasGradient is { } bias)
                    Check($"∂e/∂b of layer {k + 1}", single.Layers[k].BiasGradient!, bias, bounds.BiasGradient[k]);
            }

            Check("∂e/∂X⁰", single.InputErrors, flow.InputErrors, bounds.InputErrors);

            void Check(string what, ReadOnlyMatrix<float> actual, ReadOnlyMatrix<double> expected, double[,] bound)
            {
                double[,] wide = TermSums.Map(expected.ToArray(), (_, row, j) => actual[row, j]);
                closeness.Check(what, wide, expected.ToArray(), (row, j) => bound[row, j]);
            }
        });

    static FlowRecord<float> InSinglePrecision(Drawn drawn)
    {
        var parameters = new Parameters<float>(drawn.Shape.Network);
        for (int k = 0; k < parameters.Weights.Length; k++)
        {
            Copy(drawn.Parameters.Weights[k], parameters.Weights[k]);
            if (parameters.Biases[k] is { } bias)
                Copy(drawn.Parameters.Biases[k]!, bias);
        }

        return FlowRecord<float>.Of(
            parameters, new Examples<float>(Narrow(drawn.Inputs), Narrow(drawn.Targets), drawn.RowWeights), drawn.Shape.Loss,
            drawn.Shape.Reduction);
    }

    static void Copy(Matrix<double> from, Matrix<float> to)
    {
        for (int i = 0; i < from.Rows; i++)
        {
            for (int j = 0; j < from.Columns; j++)
                to[i, j] = (float)from[i, j];
        }
    }

    static Matrix<float> Narrow(double[,] values)
    {
        var narrow = new Matrix<float>(values.GetLength(0), values.GetLength(1));
        for (int i = 0; i < narrow.Rows; i++)
        {
            for (int j = 0; j < narrow.Columns; j++)
                narrow[i, j] = (float)values[i, j];
        }

        return narrow;
    }
}

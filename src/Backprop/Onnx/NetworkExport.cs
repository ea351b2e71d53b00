using System.Globalization;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Writes the value flow of a network into a graph: U = X·W + b, X = f(U) for each layer, then the link.</summary>
static class NetworkExport
{
    /// <summary>The name of the initializer that holds W of a layer, counted from 0.</summary>
    public static string WeightsName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.weights");

    /// <summary>The name of the initializer that holds b of a layer, counted from 0.</summary>
    public static string BiasName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer{layer + 1}.bias");

    /// <summary>Writes the layers and the link.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="parameters">The network and its numbers.</param>
    /// <param name="x">The features' name.</param>
    /// <returns>The name of the outputs [rows, outputs].</returns>
    public static string Write<T>(GraphBuilder graph, Parameters<T> parameters, string x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = parameters.Network;
        for (int k = 0; k < network.Layers.Length; k++)
        {
            x = graph.Node("MatMul", x, Initializer(graph, WeightsName(k), parameters.Weights[k]));
            if (parameters.Biases[k] is { } bias)
                x = graph.Node("Add", x, graph.TensorNamed<T>(BiasName(k), [bias.Columns], bias[0]));
            x = Activations(graph, network.Layers[k], x);
        }

        return network.Link switch
        {
            OutputLink.None => x,
            OutputLink.Softmax => graph.Node("Softmax", [x], GraphBuilder.Setting("axis", 1L)),
            _ => throw new NotSupportedException($"The output link {network.Link} has no ONNX form."),
        };
    }

    /// <summary>
    /// f(U) where all neurons share f; else each neuron's own, picked by a mask out of what each formula gives for all.
    /// </summary>
    static string Activations(GraphBuilder graph, Layer layer, string u)
    {
        Activation[] distinct = [.. layer.Activations.Select(run => run.Activation).Distinct()];
        string x = Formula(graph, distinct[^1], u);
        for (int i = distinct.Length - 2; i >= 0; i--)
        {
            bool[] mask = [.. layer.Activations.SelectMany(run => Enumerable.Repeat(run.Activation.Equals(distinct[i]), run.Count))];
            x = graph.Node("Where", graph.Mask("neurons", mask), Formula(graph, distinct[i], u), x);
        }

        return x;
    }

    static string Formula(GraphBuilder graph, Activation activation, string u) =>
        new ExpressionExport(graph, u).Write(GraphReal.Record(activation));

    static string Initializer<T>(GraphBuilder graph, string name, Matrix<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[matrix.Rows * matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
            matrix[row].CopyTo(numbers.AsSpan(row * matrix.Columns));
        return graph.TensorNamed<T>(name, [matrix.Rows, matrix.Columns], numbers);
    }
}

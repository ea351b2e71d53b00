using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>What a layer is written into a graph with: the graph, the codes, and the layer's tensors as initializers.</summary>
sealed class LayerNumbers
{
    readonly Func<string, string?> _write;

    LayerNumbers(GraphBuilder graph, string codes, Func<string, string?> write) => (Graph, Codes, _write) = (graph, codes, write);

    /// <summary>The graph.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>The name of the codes, int64 [rows, codes]; empty where there are none.</summary>
    public string Codes { get; }

    /// <summary>What belongs to one layer of a network.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="parameters">The network and its numbers.</param>
    /// <param name="layer">The layer, counted from 0.</param>
    /// <param name="codes">The name of the codes.</param>
    public static LayerNumbers Of<T>(GraphBuilder graph, Parameters<T> parameters, int layer, string codes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(graph, codes, name => Write(graph, parameters, layer, name));

    /// <summary>Writes a tensor of the layer: [rows, columns] of weights, else [columns].</summary>
    /// <param name="name">Its name within the layer.</param>
    /// <returns>The initializer's name, or null where the layer has no such tensor.</returns>
    public string? Write(string name) => _write(name);

    /// <summary>1/√(x + ε), of a variance.</summary>
    public string ReciprocalRoot(string variance, double epsilon) => Graph.Node(
        "Div", Graph.Scalar(1), Graph.Node("Sqrt", Graph.Node("Add", variance, Graph.Scalar(epsilon))));

    static string? Write<T>(GraphBuilder graph, Parameters<T> parameters, int layer, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < parameters.Tensors.Length; i++)
        {
            Tensor tensor = parameters.Network.Layout.Tensors[i];
            if (tensor.Layer == layer && tensor.Name == name)
                return Write(graph, tensor, parameters.Tensors[i]);
        }

        return null;
    }

    static string Write<T>(GraphBuilder graph, Tensor tensor, Matrix<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[tensor.Count];
        for (int row = 0; row < matrix.Rows; row++)
            matrix[row].CopyTo(numbers.AsSpan(row * matrix.Columns));
        return tensor.Role == TensorRole.Weight
            ? graph.TensorNamed<T>(tensor.ToString(), [matrix.Rows, matrix.Columns], numbers)
            : graph.TensorNamed<T>(tensor.ToString(), [matrix.Columns], numbers);
    }
}

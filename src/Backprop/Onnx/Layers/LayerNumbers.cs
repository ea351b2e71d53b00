using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>The tensors of one layer, as the initializers of a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="parameters">The network and its numbers.</param>
/// <param name="layer">The layer, counted from 0.</param>
readonly struct LayerNumbers<T>(GraphBuilder graph, Parameters<T> parameters, int layer)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The graph.</summary>
    public GraphBuilder Graph => graph;

    /// <summary>Writes a tensor of the layer: [rows, columns] of weights, else [columns].</summary>
    /// <param name="name">Its name within the layer.</param>
    /// <returns>The initializer's name, or null where the layer has no such tensor.</returns>
    public string? Write(string name)
    {
        for (int i = 0; i < parameters.Tensors.Length; i++)
        {
            Tensor tensor = parameters.Network.Layout.Tensors[i];
            if (tensor.Layer == layer && tensor.Name == name)
                return Write(tensor, parameters.Tensors[i]);
        }

        return null;
    }

    string Write(Tensor tensor, Matrix<T> matrix)
    {
        var numbers = new T[tensor.Count];
        for (int row = 0; row < matrix.Rows; row++)
            matrix[row].CopyTo(numbers.AsSpan(row * matrix.Columns));
        return tensor.Role == TensorRole.Weight
            ? graph.TensorNamed<T>(tensor.ToString(), [matrix.Rows, matrix.Columns], numbers)
            : graph.TensorNamed<T>(tensor.ToString(), [matrix.Columns], numbers);
    }
}

using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Writes the value flow of a network into a graph, layer by layer; a file here for each kind of layer.</summary>
static class NetworkExport
{
    /// <summary>Writes the layers.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="parameters">The network and its numbers.</param>
    /// <param name="x">The features' name; empty where there are none, as ONNX names what is not there.</param>
    /// <param name="codes">The codes' name; empty where there are none.</param>
    /// <returns>The name of the outputs [rows, outputs].</returns>
    public static string Write<T>(GraphBuilder graph, Parameters<T> parameters, string x, string codes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network network = parameters.Network;
        for (int k = 0; k < network.Layers.Length; k++)
        {
            var numbers = LayerNumbers.Of(graph, parameters, k, codes);
            x = LayerKinds.Of(network.Layers[k]).Write(numbers, network.Layers[k], x);
        }

        return x;
    }
}

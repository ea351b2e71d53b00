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
            var numbers = new LayerNumbers<T>(graph, parameters, k);
            x = network.Layers[k] switch
            {
                Dense layer => DenseExport.Write(numbers, layer, x),
                Dropout => x,
                Embed layer => EmbedExport.Write(numbers, layer, x, codes),
                Scale => ScaleExport.Write(numbers, x),
                BatchNorm layer => BatchNormExport.Write(numbers, layer, x),
                LayerNorm layer => LayerNormExport.Write(numbers, layer, x),
                Softmax => graph.Node("Softmax", [x], GraphBuilder.Setting("axis", 1L)),
                Layer layer => throw new NotSupportedException($"The layer {layer} has no ONNX form."),
            };
        }

        return x;
    }
}

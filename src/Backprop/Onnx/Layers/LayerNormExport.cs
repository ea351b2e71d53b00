using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Layer normalisation in a graph: X = ((x − mean) ⊙ 1/√(variance + ε)) ⊙ γ + β with mean and variance of each row. It is made of
/// plain operators, as one of its own came only with ONNX 1.12.
/// </summary>
static class LayerNormExport
{
    /// <summary>Writes the layer.</summary>
    /// <param name="numbers">Its tensors.</param>
    /// <param name="layer">Its shape.</param>
    /// <param name="x">What flows in.</param>
    /// <returns>The name of what flows out.</returns>
    public static string Write<T>(LayerNumbers<T> numbers, LayerNorm layer, string x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GraphBuilder graph = numbers.Graph;
        x = graph.Node("Sub", x, MeanOfRows(graph, x));
        string variance = MeanOfRows(graph, graph.Node("Mul", x, x));
        x = graph.Node("Mul", x, BatchNormExport.Reciprocal(graph, variance, layer.Epsilon));
        x = graph.Node("Mul", x, numbers.Write("factors")!);
        return graph.Node("Add", x, numbers.Write("bias")!);
    }

    /// <summary>[rows, 1].</summary>
    static string MeanOfRows(GraphBuilder graph, string x) =>
        graph.Node("ReduceMean", [x], GraphBuilder.Setting("axes", [1L]), GraphBuilder.Setting("keepdims", 1L));
}

using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Batch normalisation in a graph, as it predicts: X = ((x − mean) ⊙ 1/√(variance + ε)) ⊙ γ + β with the running statistics.
/// </summary>
static class BatchNormExport
{
    /// <summary>Writes the layer.</summary>
    /// <param name="numbers">Its tensors.</param>
    /// <param name="layer">Its shape.</param>
    /// <param name="x">What flows in.</param>
    /// <returns>The name of what flows out.</returns>
    public static string Write<T>(LayerNumbers<T> numbers, BatchNorm layer, string x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GraphBuilder graph = numbers.Graph;
        x = graph.Node("Sub", x, numbers.Write("mean")!);
        x = graph.Node("Mul", x, Reciprocal(graph, numbers.Write("variance")!, layer.Epsilon));
        x = graph.Node("Mul", x, numbers.Write("factors")!);
        return graph.Node("Add", x, numbers.Write("bias")!);
    }

    /// <summary>1/√(variance + ε).</summary>
    public static string Reciprocal(GraphBuilder graph, string variance, double epsilon) => graph.Node(
        "Div", graph.Scalar(1), graph.Node("Sqrt", graph.Node("Add", variance, graph.Scalar(epsilon))));
}

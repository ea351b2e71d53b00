using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Layer normalisation; in a graph: X = ((x − mean) ⊙ 1/√(variance + ε)) ⊙ γ + β with mean and variance of each row. It is made
/// of plain operators, as one of its own came only with ONNX 1.12.
/// </summary>
sealed class LayerNormExport() : LayerKindOf<LayerNorm>(
    "layernorm", new LayerSetting("epsilon", LayerNorm.DefaultEpsilon, double.Epsilon))
{
    public override bool KeepsNames => true;

    public override ImmutableArray<string> Synonyms => ["ln", "layernormalization"];

    protected override string Write(LayerNumbers numbers, LayerNorm layer, string x)
    {
        GraphBuilder graph = numbers.Graph;
        x = graph.Node("Sub", x, MeanOfRows(graph, x));
        string variance = MeanOfRows(graph, graph.Node("Mul", x, x));
        x = graph.Node("Mul", x, numbers.ReciprocalRoot(variance, layer.Epsilon));
        x = graph.Node("Mul", x, numbers.Write("factors")!);
        return graph.Node("Add", x, numbers.Write("bias")!);
    }

    protected override Layer Make(double[] numbers) => new LayerNorm(numbers[0]);

    protected override double[] Numbers(LayerNorm layer) => [layer.Epsilon];

    /// <summary>[rows, 1].</summary>
    static string MeanOfRows(GraphBuilder graph, string x) =>
        graph.Node("ReduceMean", [x], GraphBuilder.Setting("axes", [1L]), GraphBuilder.Setting("keepdims", 1L));
}

using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Batch normalisation; in a graph, as it predicts: X = ((x − mean) ⊙ 1/√(variance + ε)) ⊙ γ + β with the running statistics.
/// </summary>
sealed class BatchNormExport() : LayerKindOf<BatchNorm>(
    "batchnorm",
    new LayerSetting("momentum", BatchNorm.DefaultMomentum, double.Epsilon, 1),
    new LayerSetting("epsilon", LayerNorm.DefaultEpsilon, double.Epsilon))
{
    public override bool KeepsNames => true;

    public override ImmutableArray<string> Synonyms => ["bn", "batchnorm1d"];

    public override ImmutableArray<(string Word, string Why)> Refused =>
    [
        (
            "batchnormalization",
            "write batchnorm; its momentum is the weight of the new statistics, 0.1, and not of the old ones."
        ),
    ];

    protected override string Write(LayerNumbers numbers, BatchNorm layer, string x)
    {
        GraphBuilder graph = numbers.Graph;
        x = graph.Node("Sub", x, numbers.Write("mean")!);
        x = graph.Node("Mul", x, numbers.ReciprocalRoot(numbers.Write("variance")!, layer.Epsilon));
        x = graph.Node("Mul", x, numbers.Write("factors")!);
        return graph.Node("Add", x, numbers.Write("bias")!);
    }

    protected override Layer Make(double[] numbers) => new BatchNorm(numbers[0], numbers[1]);

    protected override double[] Numbers(BatchNorm layer) => [layer.Momentum, layer.Epsilon];
}

using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>Softmax: the output of a network, which recipes say by that, and the description of a model as its link.</summary>
sealed class SoftmaxExport() : LayerKindOf<Softmax>(OutputName)
{
    /// <summary>What the output is called.</summary>
    public const string OutputName = "softmax";

    public override bool IsSaid => false;

    public override bool IsDescribed => false;

    public override ImmutableArray<(string Word, string Why)> Refused =>
        [(OutputName, "it is an output, for classes; say it with --output-activation softmax.")];

    protected override string Write(LayerNumbers numbers, Softmax layer, string x) =>
        numbers.Graph.Node("Softmax", [x], GraphBuilder.Setting("axis", 1L));
}

using Backprop.Engine;

namespace Backprop;

/// <summary>Dropout: nothing in a graph, which predicts, nor in the description of a model.</summary>
sealed class DropoutExport()
    : LayerKindOf<Dropout>("dropout", new LayerSetting("rate", Usual: null, 0, BelowOne, Example: 0.2))
{
    const double BelowOne = 1 - 1e-15;

    public override bool IsDescribed => false;

    public override bool KeepsNames => true;

    protected override string Write(LayerNumbers numbers, Dropout layer, string x) => x;

    protected override Layer Make(double[] numbers) => new Dropout(numbers[0]);

    protected override double[] Numbers(Dropout layer) => [layer.Rate];
}

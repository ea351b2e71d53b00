using Backprop.Engine;

namespace Backprop;

/// <summary>Factors: X = x ⊙ γ.</summary>
sealed class ScaleExport() : LayerKindOf<Scale>("scale")
{
    public override bool KeepsNames => true;

    protected override string Write(LayerNumbers numbers, Scale layer, string x) =>
        numbers.Graph.Node("Mul", x, numbers.Write("factors")!);

    protected override LayerFormula? Formula(Scale layer, LayerSymbols symbols) => new(
        $@"{symbols.In} \odot {symbols.Tensors[0]}", $@"{symbols.Error} \odot {symbols.Tensors[0]}",
        $@"{symbols.Error} \odot {symbols.In}");

    protected override Layer Make(double[] numbers) => new Scale();
}

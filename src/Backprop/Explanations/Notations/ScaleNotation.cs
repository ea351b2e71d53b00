namespace Backprop;

/// <summary>Factors: X = X′ ⊙ γ.</summary>
sealed class ScaleNotation(Explanation explanation, ExplainedLayer layer) : KindNotation(explanation, layer)
{
    public override void Values(QuantitySheet sheet) => Give(sheet, $@"{In} \odot \gamma{K}");

    public override IEnumerable<TensorText> Tensors() => [Factors($@"{Error} \odot {In}")];

    protected override string Back() => $@"{Error} \odot \gamma{K}";
}

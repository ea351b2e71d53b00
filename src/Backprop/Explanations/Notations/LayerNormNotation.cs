using Backprop.Engine;

namespace Backprop;

/// <summary>Layer normalisation: Z = (X′ − μ)/σ with mean μ and deviation σ of each row, X = Z ⊙ γ + b.</summary>
sealed class LayerNormNotation(Explanation explanation, ExplainedLayer layer) : KindNotation(explanation, layer)
{
    public override void Values(QuantitySheet sheet)
    {
        int k = Layer.Number, width = Layer.Width;
        double epsilon = ((LayerNorm)Layer.Layer).Epsilon;
        ReadOnlyMatrix<double> x = k == 1 ? Explanation.Inputs : Explanation.Layers[k - 2].X;
        double[] means = [.. Enumerable.Range(0, x.Rows).Select(row => x[row].ToArray().Sum() / width)];
        double[] deviations =
        [
            .. means.Select((mean, row) => Math.Sqrt(
                x[row].ToArray().Sum(value => (value - mean) * (value - mean)) / width + epsilon)),
        ];
        string share = $@"\tfrac{{1}}{{{width}}} \sum_j";
        sheet.OfRows(QuantityPart.ValueFlow, k, $@"\mu{K}", $@"\mu{K} = {share} {In}_j", "the mean of each row", means);
        sheet.OfRows(
            QuantityPart.ValueFlow, k, $@"\sigma{K}",
            $@"\sigma{K} = \sqrt{{{share} ({In}_j - \mu{K})^2 + {UpdateFormulas.Text(epsilon)}}}", "the deviation of each row",
            deviations);
        sheet.Values(
            QuantityPart.ValueFlow, k, $"Z{K}", $@"Z{K} = ({In} - \mu{K})/\sigma{K}", "normalised", Layer.Normalised!);
        Give(sheet, $@"Z{K} \odot \gamma{K} + b{K}");
    }

    public override IEnumerable<TensorText> Tensors() => [Factors($@"{Error} \odot Z{K}"), Bias()];

    protected override string Back()
    {
        string share = $@"\tfrac{{1}}{{{Layer.Width}}}", sum = $@"\sum_l {Error}_l \gamma{K}_l";
        return $@"({Error} \odot \gamma{K} - {share} {sum} - {share} Z{K} \odot {sum} Z{K}_l)/\sigma{K}";
    }
}

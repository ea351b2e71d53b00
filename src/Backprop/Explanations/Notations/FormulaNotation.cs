using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>A kind that is one formula, which its file in Onnx/Layers says.</summary>
sealed class FormulaNotation : KindNotation
{
    readonly LayerFormula _formula;
    readonly ImmutableArray<TensorText> _tensors;

    public FormulaNotation(Explanation explanation, ExplainedLayer layer)
        : base(explanation, layer)
    {
        ImmutableArray<TensorText> texts = [.. layer.Tensors.Select(tensor => TextOf(tensor.Tensor))];
        if (texts.DistinctBy(text => text.Symbol, StringComparer.Ordinal).Count() < texts.Length)
            throw NotSaid("several tensors of one role");
        var symbols = new LayerSymbols(In, Error, [.. texts.Select(text => text.Symbol)]);
        _formula = LayerKinds.Of(layer.Layer).Formula(layer.Layer, symbols) ?? throw NotSaid("no formula");
        _tensors = [.. texts.Zip(_formula.Gradients, (text, gradient) => text with { Gradient = gradient })];
    }

    public override void Values(QuantitySheet sheet) => Give(sheet, _formula.Value);

    public override IEnumerable<TensorText> Tensors() => _tensors;

    protected override string Back() => _formula.Back;

    TensorText TextOf(Tensor tensor) => tensor switch
    {
        { Role: TensorRole.Factor, Rows: 1 } when tensor.Columns == Layer.Width => Factors(""),
        { Role: TensorRole.Bias, Rows: 1 } when tensor.Columns == Layer.Width => Bias(),
        { Role: TensorRole.Weight } when tensor.Rows == Inputs && tensor.Columns == Layer.Width => Weights(""),
        _ => throw NotSaid($"the tensor {tensor.Name} [{tensor.Rows}, {tensor.Columns}]"),
    };

    int Inputs => Layer.Number == 1 ? Explanation.Inputs.Columns : Explanation.Layers[Layer.Number - 2].Width;

    NotSupportedException NotSaid(string what) =>
        new($"The layer {Layer.Layer} has {what}, so it needs a notation of its own, in KindNotation.Of.");
}

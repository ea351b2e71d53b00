using Backprop.Engine;

namespace Backprop;

/// <summary>How the engine's notation writes a layer down that is not dense, in LaTeX.</summary>
/// <param name="explanation">The rows.</param>
/// <param name="layer">The layer.</param>
abstract class KindNotation(Explanation explanation, ExplainedLayer layer)
{
    /// <summary>
    /// What the words say of what a batch normalisation subtracts and divides by where it does not measure them.
    /// </summary>
    protected const string RunningMeans = "running means", RunningVariances = "running variances";

    /// <summary>The layer's number k, as symbols carry it.</summary>
    protected string K { get; } = $"^{{{layer.Number}}}";

    /// <summary>X of the layer before.</summary>
    protected string In { get; } = $"X^{{{layer.Number - 1}}}";

    /// <summary>What the layer gives: X, or what softmax takes.</summary>
    protected string Out { get; } = $"{OutLetter(explanation, layer)}^{{{layer.Number}}}";

    /// <summary>The error of what the layer gives.</summary>
    protected string Error { get; } = $@"\partial e/\partial {OutLetter(explanation, layer)}^{{{layer.Number}}}";

    protected Explanation Explanation { get; } = explanation;

    protected ExplainedLayer Layer { get; } = layer;

    /// <summary>The layer's notation: of kinds that take more than a formula their own.</summary>
    public static KindNotation Of(Explanation explanation, ExplainedLayer layer) => layer.Layer switch
    {
        LayerNorm => new LayerNormNotation(explanation, layer),
        BatchNorm => new BatchNormNotation(explanation, layer),
        Embed => new EmbedNotation(explanation, layer),
        _ => new FormulaNotation(explanation, layer),
    };

    /// <summary>∂e/∂X of the layer before a layer, as it follows from what the layer has.</summary>
    public static string Back(Explanation explanation, ExplainedLayer layer) => layer.Layer is Dense
        ? $@"\partial e/\partial U^{{{layer.Number}}} \cdot W^{{{layer.Number}\top}}"
        : Of(explanation, layer).Back();

    /// <summary>Writes what the layer makes of what flows into it.</summary>
    public abstract void Values(QuantitySheet sheet);

    /// <summary>The first of the layer's neurons that tables give, counted from 1; 0 where there are none.</summary>
    public virtual int FirstOfTables => 0;

    /// <summary>What the tensors are called, in their order.</summary>
    public abstract IEnumerable<TensorText> Tensors();

    /// <summary>∂e/∂X of the layer before.</summary>
    protected abstract string Back();

    /// <summary>Writes what the layer gives, and softmax of it where that follows.</summary>
    protected void Give(QuantitySheet sheet, string formula)
    {
        sheet.Values(QuantityPart.ValueFlow, Layer.Number, Out, $"{Out} = {formula}", "outputs", Layer.U, ranks: true);
        if (OutLetter(Explanation, Layer) == "U")
            Softmax(sheet, Layer);
    }

    /// <summary>Writes softmax of U.</summary>
    public static void Softmax(QuantitySheet sheet, ExplainedLayer layer)
    {
        int k = layer.Number;
        sheet.Values(
            QuantityPart.ValueFlow, k, $"X^{{{k}}}",
            $@"X^{{{k}}} = \text{{softmax}}(U^{{{k}}}),\; X^{{{k}}}_j = e^{{U^{{{k}}}_j}}/\sum_l e^{{U^{{{k}}}_l}}",
            "outputs", layer.X, ranks: true);
    }

    protected TensorText Factors(string gradient) => new()
    {
        Symbol = $@"\gamma{K}",
        Words = "factors",
        Gradient = gradient,
        Part = $"F{K}",
    };

    protected TensorText Weights(string gradient) => new()
    {
        Symbol = $"W{K}",
        Words = "weights",
        Gradient = gradient,
        Part = $"G{K}",
        IsMatrix = true,
    };

    protected TensorText Bias() => new() { Symbol = $"b{K}", Words = "biases", Gradient = Error, Part = $"H{K}" };

    static string OutLetter(Explanation explanation, ExplainedLayer layer) =>
        explanation.Network.HasSoftmax && layer.Number == explanation.Layers.Length ? "U" : "X";
}

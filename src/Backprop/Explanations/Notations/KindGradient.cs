using Backprop.Engine;

namespace Backprop;

/// <summary>Writes the gradient of a tensor of a layer that is not dense, and the shards' parts of it.</summary>
static class KindGradient
{
    /// <summary>Writes it.</summary>
    /// <param name="explanation">The rows.</param>
    /// <param name="sheet">Where it is written.</param>
    /// <param name="of">The layer, the tensor's place there, and of a table the first neuron that it gives.</param>
    /// <param name="text">What the tensor is called.</param>
    /// <param name="gradient">The gradient.</param>
    public static void Write(
        Explanation explanation, QuantitySheet sheet, (ExplainedLayer Layer, int Place, int First) of, TensorText text,
        ReadOnlyMatrix<double> gradient)
    {
        var share = new BatchShare(explanation);
        var shards = new ShardTerms(explanation);
        string words = text.Table > 0 ? $"gradient of table {text.Table}" : $"gradient of the {text.Words}";
        foreach ((int number, ExplainedShard shard) in shards.Shown)
        {
            string part = text.Table > 0 ? $"{text.Part[..^1]},{number}}}" : $"{text.Part}_{{{number}}}";
            One(
                part, "", ShardTerms.Range(shard), $"shard {number}'s {words}", shard.Gradients[of.Layer.Number - 1][of.Place]!,
                ranks: false);
        }

        string step = text.Table > 0 ? "" : shards.Step(text.GradientSymbol, text.Part);
        One(text.GradientSymbol, step, "", words, gradient, ranks: text.Table > 0);

        void One(string symbol, string more, string range, string meaning, ReadOnlyMatrix<double> numbers, bool ranks)
        {
            if (text.Table > 0)
            {
                string formula = $"{symbol}[c_{{{text.Table}}}] = {share.Sum}{text.Gradient}{range}";
                sheet.Table(
                    QuantityPart.ErrorFlow, of.Layer.Number, (text.Table, of.First),
                    (symbol, symbol + "[#i,#j]", formula, meaning), numbers, ranks);
            }
            else if (text.IsMatrix)
            {
                sheet.Weights(
                    QuantityPart.ErrorFlow, of.Layer.Number, symbol, text.GradientSymbol + "_{#i,#j}",
                    $"{symbol} = {share.Sum}{text.Gradient}{range}{more}", meaning, numbers);
            }
            else
            {
                sheet.Biases(
                    QuantityPart.ErrorFlow, of.Layer.Number, symbol, $"{symbol} = {share.Sum}{text.Gradient}{range}{more}",
                    meaning,
                    numbers);
            }
        }
    }
}

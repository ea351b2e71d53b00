using Backprop.Engine;

namespace Backprop;

/// <summary>Writes the update, which is alike in all notations but for symbols and signs.</summary>
static class UpdateWriter
{
    /// <summary>The recipe's rule.</summary>
    /// <param name="explanation">The rows.</param>
    /// <param name="sheet">Where it is written.</param>
    /// <param name="gradient">∂e/∂p in the notation's symbols, in LaTeX.</param>
    public static void Rule(Explanation explanation, QuantitySheet sheet, string gradient)
    {
        bool Has(TensorRole role) => explanation.Network.Layout.Tensors.Any(tensor => tensor.Role == role);
        string parameters = (Has(TensorRole.Factor), Has(TensorRole.Bias)) switch
        {
            (true, true) => "weight, factor or bias",
            (true, false) => "weight or factor",
            (false, true) => "weight or bias",
            _ => "weight",
        };
        sheet.Say(QuantityPart.Update, null, $"g = {gradient}", $"for each {parameters} p");
        foreach ((string formula, string words) in UpdateFormulas.Links(explanation.Update))
            sheet.Say(QuantityPart.Update, null, formula, words);
        sheet.Say(
            QuantityPart.Update, null, UpdateFormulas.Rule(explanation.Update.Optimizer),
            UpdateFormulas.Words(explanation.Update));
    }

    /// <summary>A document's own step where the recipe makes it, else the recipe's rule and a remark.</summary>
    /// <param name="explanation">The rows.</param>
    /// <param name="sheet">Where it is written.</param>
    /// <param name="step">The document's step in LaTeX.</param>
    /// <param name="rate">What the document calls the learning rate.</param>
    /// <param name="gradient">−∂e/∂p or ∂e/∂p in the document's symbols.</param>
    public static void DocumentStep(Explanation explanation, QuantitySheet sheet, string step, string rate, string gradient)
    {
        ExplainedUpdate update = explanation.Update;
        if (update.IsPlain)
        {
            string eta = rate == "η" ? "η" : $"{rate} = η";
            sheet.Say(
                QuantityPart.Update, null, step,
                $"{eta} = {UpdateFormulas.Text(update.LearningRate)}{UpdateFormulas.ScheduleWords(update)}");
            return;
        }

        sheet.Remarks.Add(
            $"A plain step, as the document makes it, would be {MathText.From(step).Plain} here; this model's recipe makes "
                + "another, which is shown.");
        Rule(explanation, sheet, gradient);
    }

    /// <summary>A layer's parameters before, their gradient, change, and the parameters after.</summary>
    public static void Layer(QuantitySheet sheet, ExplainedLayer layer, Optimizer optimizer, UpdateSymbols symbols)
    {
        int k = layer.Number;
        const QuantityPart Part = QuantityPart.Update;
        Weights(symbols.Weights, "weights before", layer.Weights);
        Weights(symbols.WeightGradient, "their gradient", Signed(layer.WeightGradient, symbols.IsAscent), ranks: true);
        for (int i = 0; i < layer.WeightMoments.Length; i++)
            Weights(UpdateFormulas.Moments[i], "what the optimizer remembers of them", layer.WeightMoments[i]);
        Weights(symbols.WeightChange, "their change", layer.WeightChange);
        Weights(symbols.NewWeights, "weights after", layer.NewWeights);
        if (layer.Biases is not { } biases)
            return;

        bool turned = symbols.NegatesBiases;
        sheet.Biases(Part, k, symbols.Biases, null, "biases before", Signed(biases, turned));
        sheet.Biases(
            Part, k, symbols.BiasGradient, null, "their gradient", Signed(layer.BiasGradient!, symbols.IsAscent != turned),
            ranks: true);
        for (int i = 0; i < layer.BiasMoments.Length; i++)
        {
            // What is made of a gradient's squares is the same for −b, what is made of the gradient has the other sign.
            bool isSigned = i == 0 && !optimizer.Formula.FirstIsOfSquares;
            sheet.Biases(
                Part, k, UpdateFormulas.Moments[i], null, "what the optimizer remembers of them",
                Signed(layer.BiasMoments[i], turned && isSigned));
        }

        sheet.Biases(Part, k, symbols.BiasChange, null, "their change", Signed(layer.BiasChange!, turned));
        sheet.Biases(Part, k, symbols.NewBiases, null, "biases after", Signed(layer.NewBiases!, turned));

        void Weights(string symbol, string meaning, ReadOnlyMatrix<double> numbers, bool ranks = false) =>
            sheet.Weights(Part, k, symbol, symbols.WeightEntry, null, meaning, numbers, ranks);
    }

    /// <summary>A tensor of a layer that is not dense: before, its gradient, change, and after.</summary>
    /// <param name="sheet">Where it is written.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="tensor">The tensor's numbers.</param>
    /// <param name="text">What it is called.</param>
    /// <param name="first">Of a table, the first neuron that it gives, counted from 1.</param>
    public static void Tensor(QuantitySheet sheet, int layer, ExplainedTensor tensor, TensorText text, int first)
    {
        string change = $@"\Delta {text.Symbol}";
        Write(text.Symbol, null, $"{text.Words} before", tensor.Values);
        if (tensor.Gradient is { } gradient)
            Write(text.GradientSymbol, null, "their gradient", gradient, ranks: true);
        for (int i = 0; i < tensor.Moments.Length; i++)
            Write(UpdateFormulas.Moments[i], null, "what the optimizer remembers of them", tensor.Moments[i]);
        Write(change, text.Change, "their change", tensor.Change);
        Write($"{text.Symbol} + {change}", null, $"{text.Words} after", tensor.NewValues);

        void Write(string symbol, string? formula, string meaning, ReadOnlyMatrix<double> numbers, bool ranks = false)
        {
            if (text.Table > 0)
            {
                sheet.Table(
                    QuantityPart.Update, layer, (text.Table, first), (symbol, text.Symbol + "[#i,#j]", formula, meaning), numbers,
                    ranks);
            }
            else if (text.IsMatrix)
            {
                sheet.Weights(QuantityPart.Update, layer, symbol, text.Symbol + "_{#i,#j}", formula, meaning, numbers, ranks);
            }
            else
            {
                sheet.Biases(QuantityPart.Update, layer, symbol, formula, meaning, numbers, ranks);
            }
        }
    }

    static ReadOnlyMatrix<double> Signed(ReadOnlyMatrix<double> numbers, bool negate) =>
        negate ? Numbers.Negated(numbers) : numbers;
}

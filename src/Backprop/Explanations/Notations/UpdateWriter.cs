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
        string parameters = explanation.Layers.Any(layer => layer.Biases is not null) ? "weight or bias" : "weight";
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
            $"A plain step, as the document makes it, would be {MathText.From(step).Plain} here; this model's recipe makes another, "
                + "which is shown.");
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

    static ReadOnlyMatrix<double> Signed(ReadOnlyMatrix<double> numbers, bool negate) =>
        negate ? Numbers.Negated(numbers) : numbers;
}

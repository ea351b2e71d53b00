using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Chains of scalars and sums over paths: o = f(w·o − b), e = (t − o)². The bias is −b of the engine's, weights are
/// [out, in].
/// </summary>
sealed class ScalarNotation() : Notation("scalars", "chains and sums over paths, o = f(w·o − b), e = (t − o)²")
{
    private protected override bool RowsAreColumns => true;

    private protected override bool WeightsAreOutFirst => true;

    private protected override string? Obstacle(Explanation explanation)
    {
        bool isSquared = explanation.Loss.Equals(Loss.Squared);
        if (explanation.Network.HasSoftmax)
        {
            return "the document's f is a function of one neuron's sum, and softmax takes all outputs together; train with "
                + "--output-activation logistic (or linear)" + (isSquared ? "." : " and --loss squared.");
        }

        return isSquared
            ? null
            : $"the document's error is (t − o)², and this model's loss is {explanation.Loss}; train with --loss squared.";
    }

    private protected override void Fill(Explanation explanation, QuantitySheet sheet)
    {
        var share = new BatchShare(explanation);
        var letters = new ScalarLetters(explanation);
        sheet.Remarks.Add(letters.IsChain
            ? "One neuron in every layer: the chain of section 1, o⁽⁰⁾ = x. b is minus the engine's bias."
            : "The sums of section 2.2, o⁽⁰⁾ = x, wⱼ,ₖ from neuron k to neuron j. b is minus the engine's bias.");
        sheet.Remarks.Add("s is the argument of f, for which the document has no letter, nor a formula for ∂e/∂b.");
        bool hasBiases = explanation.Layers.All(layer => layer.Biases is not null);
        if (!hasBiases)
            sheet.Remarks.Add("The network has no biases: b is left out.");
        if (share.Remark("e") is { } remark)
            sheet.Remarks.Add(remark);
        sheet.Remarks.Add(Corrected);
        sheet.Values(QuantityPart.Inputs, 0, letters.O(0, "k"), null, "the inputs, o⁽⁰⁾ = x", explanation.Inputs);
        foreach (ExplainedLayer layer in explanation.Layers)
            ValueFlow(sheet, letters, layer);
        int n = explanation.Layers.Length;
        string sum = letters.IsChain ? "" : @"\sum_j ";
        sheet.Values(QuantityPart.Loss, n, letters.O(n, "j"), null, "outputs", explanation.Layers[^1].X);
        sheet.Values(QuantityPart.Loss, n, letters.T("j"), null, "targets", explanation.Targets);
        DocumentLoss.Totals(explanation, sheet, share, "e", $"{sum}({letters.T("j")} - {letters.O(n, "j")})^2", "squared");
        foreach (ExplainedLayer layer in explanation.Layers.Reverse())
            ErrorFlow(explanation, sheet, letters, share, layer);
        string inputs = $@"\partial e/\partial {letters.O(0, "k")}";
        sheet.Values(
            QuantityPart.ErrorFlow, 0, inputs, $"{inputs} = {letters.Back(0)}", "errors of the inputs", explanation.InputErrors,
            ranks: true);
        UpdateWriter.DocumentStep(
            explanation, sheet, letters.Step(hasBiases), "η", @"\partial e/\partial p");
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            int i = layer.Number;
            string w = letters.W(i, "j", "k"), b = letters.B(i, "j");
            UpdateWriter.Layer(sheet, layer, explanation.Update.Optimizer, new UpdateSymbols
            {
                Weights = w,
                WeightEntry = letters.W(i, "#i", "#j"),
                WeightGradient = $@"\partial e/\partial {w}",
                WeightChange = $@"\Delta {w}",
                NewWeights = $@"{w} + \Delta {w}",
                Biases = b,
                BiasGradient = $@"\partial e/\partial {b}",
                BiasChange = $@"\Delta {b}",
                NewBiases = $@"{b} + \Delta {b}",
                NegatesBiases = true,
            });
        }
    }

    static void ValueFlow(QuantitySheet sheet, ScalarLetters letters, ExplainedLayer layer)
    {
        int i = layer.Number;
        string bias = layer.Biases is null ? "" : $" - {letters.B(i, "j")}";
        string s = letters.S(i, "j"), o = letters.O(i, "j");
        string sum = letters.IsChain ? "" : @"\sum_k ";
        sheet.Values(
            QuantityPart.ValueFlow, i, s, $"{s} = {sum}{letters.W(i, "j", "k")} {letters.O(i - 1, "k")}{bias}",
            "the argument of f",
            layer.U);
        sheet.Values(
            QuantityPart.ValueFlow, i, o,
            $@"{o} = {letters.F(i, "j")}({s}){FunctionSteps.Value(layer.Dense, letters.F(i, "j"), "s")}",
            $"outputs, f is {FunctionSteps.Words(layer.Dense)}", layer.X, ranks: true);
        string slope = letters.Slope(i, "j");
        sheet.Values(
            QuantityPart.ValueFlow, i, slope, FunctionSteps.Slope(layer.Dense, slope, s, o), "slopes of f at s",
            layer.Derivative!);
    }

    static void ErrorFlow(
        Explanation explanation, QuantitySheet sheet, ScalarLetters letters, BatchShare share, ExplainedLayer layer)
    {
        int i = layer.Number, n = explanation.Layers.Length;
        string error = $@"\partial e/\partial {letters.O(i, "j")}", delta = $@"\partial e/\partial {letters.S(i, "j")}";
        string back = i == n ? $"{share.Row}2({letters.O(n, "j")} - {letters.T("j")})" : letters.Back(i);
        sheet.Values(QuantityPart.ErrorFlow, i, error, $"{error} = {back}", "errors of the outputs", layer.OutputErrors!);
        sheet.Values(
            QuantityPart.ErrorFlow, i, delta, $"{delta} = {error} {letters.Slope(i, "j")}", "errors of the argument", layer.Delta,
            ranks: true);
        if (layer.BiasGradient is { } bias)
        {
            string b = $@"\partial e/\partial {letters.B(i, "j")}";
            sheet.Biases(
                QuantityPart.ErrorFlow, i, b, $"{b} = -{share.Sum}{delta}", "gradient of b", Numbers.Negated(bias));
        }

        string w = $@"\partial e/\partial {letters.W(i, "j", "k")}";
        sheet.Weights(
            QuantityPart.ErrorFlow, i, w, $@"\partial e/\partial {letters.W(i, "#i", "#j")}",
            $"{w} = {share.Sum}{share.Row}{letters.Paths(i)}",
            share.HasRows ? "gradient of w, summed over the rows" : "gradient of w", layer.WeightGradient, ranks: true);
    }
}

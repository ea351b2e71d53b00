namespace Backprop;

/// <summary>
/// Indices and levels: U_i^k, X_i^k, W_{i,j}^k, an activation for each node, no biases, any loss of the outputs.
/// </summary>
sealed class IndexNotation() : Notation("indices", "indices and levels, with an activation for each node and no biases")
{
    private protected override string? Obstacle(Explanation explanation)
    {
        if (explanation.Network.HasSoftmax)
        {
            return "the document's activation is a function of a node's own U, and softmax takes all outputs together; train "
                + "with "
                + "--output-activation logistic (or linear)"
                + (explanation.Layers.Any(layer => layer.Biases is not null) ? " and --no-bias." : ".");
        }

        return explanation.Layers.Any(layer => layer.Biases is not null) ? "the document has no biases; train with --no-bias."
            : null;
    }

    private protected override void Fill(Explanation explanation, QuantitySheet sheet)
    {
        var share = new BatchShare(explanation);
        int n = explanation.Layers.Length;
        sheet.Remarks.Add("Levels are layers, level 0 the inputs; α = η, ∂f is the slope of f at U, and W before the update is "
            + "W(t − 1).");
        if (share.Remark("e") is { } remark)
            sheet.Remarks.Add(remark);
        sheet.Remarks.Add(Corrected);
        sheet.Values(QuantityPart.Inputs, 0, "X_i^{0}", null, "the inputs", explanation.Inputs);
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            int k = layer.Number;
            sheet.Values(
                QuantityPart.ValueFlow, k, $"U_j^{{{k}}}", $@"U_j^{{{k}}} = \sum_i W_{{i,j}}^{{{k}}} \times X_i^{{{k - 1}}}",
                "total inputs of the nodes", layer.U);
            sheet.Values(
                QuantityPart.ValueFlow, k, $"X_j^{{{k}}}",
                $@"X_j^{{{k}}} = f_j^{{{k}}}(U_j^{{{k}}}){FunctionSteps.Value(layer.Dense, $"f_j^{{{k}}}", "U")}",
                $"outputs of the nodes, f is {FunctionSteps.Words(layer.Dense)}", layer.X, ranks: true);
            string slope = $@"\partial f_j^{{{k}}}";
            sheet.Values(
                QuantityPart.ValueFlow, k, slope, FunctionSteps.Slope(layer.Dense, slope, $"U_j^{{{k}}}", $"X_j^{{{k}}}"),
                "slopes at U",
                layer.Derivative!);
        }

        DocumentLoss.Write(
            explanation, sheet, share, "e", ($"X_j^{{{n}}}", $"X_j^{{{n}}}"), ("t_j", "t_j"), $"U_j^{{{n}}}");
        foreach (ExplainedLayer layer in explanation.Layers.Reverse())
            ErrorFlow(explanation, sheet, share, layer);
        sheet.Values(
            QuantityPart.ErrorFlow, 0, @"\partial e/\partial X_i^{0}",
            @"\partial e/\partial X_i^{0} = \sum_l \partial e/\partial U_l^{1} \times W_{i,l}^{1}", "errors of the inputs",
            explanation.InputErrors, ranks: true);
        UpdateWriter.DocumentStep(
            explanation, sheet, @"\Delta W_{i,j}^k(t-1) = -\alpha \times \partial e/\partial W_{i,j}^k", "α",
            @"\partial e/\partial p");
        sheet.Say(
            QuantityPart.Update, null, @"W_{i,j}^k(t) = W_{i,j}^k(t-1) + \Delta W_{i,j}^k(t-1)",
            "every level k, from the weights of t − 1");
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            string w = $"W_{{i,j}}^{{{layer.Number}}}";
            UpdateWriter.Layer(sheet, layer, explanation.Update.Optimizer, new UpdateSymbols
            {
                Weights = $"{w}(t-1)",
                WeightEntry = $"W_{{#i,#j}}^{{{layer.Number}}}",
                WeightGradient = $@"\partial e/\partial {w}",
                WeightChange = $@"\Delta {w}(t-1)",
                NewWeights = $"{w}(t)",
                Biases = "",
                BiasGradient = "",
                BiasChange = "",
                NewBiases = "",
            });
        }
    }

    static void ErrorFlow(Explanation explanation, QuantitySheet sheet, BatchShare share, ExplainedLayer layer)
    {
        int k = layer.Number;
        bool isLast = k == explanation.Layers.Length;
        string error = $@"\partial e/\partial X_i^{{{k}}}", delta = $@"\partial e/\partial U_i^{{{k}}}";
        string start = share.Row + DocumentLoss.Derivative(explanation.Loss, $"X_i^{{{k}}}", "t_i");
        if (layer.OutputErrors is { } errors)
        {
            sheet.Values(
                QuantityPart.ErrorFlow, k, error, $"{error} = " + (isLast
                    ? start : $@"\sum_l \partial e/\partial U_l^{{{k + 1}}} \times W_{{i,l}}^{{{k + 1}}}"),
                        "errors of the outputs", errors);
        }

        sheet.Values(
            QuantityPart.ErrorFlow, k, delta,
            $"{delta} = " + (layer.OutputErrors is null ? start : $@"{error} \times \partial f_i^{{{k}}}"),
            layer.OutputErrors is null ? "errors of the total inputs, ∂e/∂X × ∂f multiplied out" : "errors of the total inputs",
            layer.Delta, ranks: true);
        sheet.Weights(
            QuantityPart.ErrorFlow, k, $@"\partial e/\partial W_{{i,j}}^{{{k}}}", $@"\partial e/\partial W_{{#i,#j}}^{{{k}}}",
            $@"\partial e/\partial W_{{i,j}}^{{{k}}} = {share.Sum}\partial e/\partial U_j^{{{k}}} X_i^{{{k - 1}}}",
            share.HasRows ? "gradient of the weights, summed over the rows" : "gradient of the weights", layer.WeightGradient,
            ranks: true);
    }
}

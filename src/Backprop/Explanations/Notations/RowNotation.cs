namespace Backprop;

/// <summary>
/// Row vectors and deltas: a_1 = x, z_{i+1} = a_i w_i + b_i, a_{i+1} = σ(z_{i+1}). Layer k of the network takes a_k by w_k
/// and b_k to z_{k+1} and a_{k+1}.
/// </summary>
sealed class RowNotation() : Notation("rows", "row vectors and deltas, a = σ(z), z = a·w + b")
{
    private protected override string? Obstacle(Explanation explanation)
    {
        if (explanation.Network.HasSoftmax)
        {
            return "the document's σ is taken element by element, and softmax takes all outputs together; train with "
                + "--output-activation logistic (or linear).";
        }

        ExplainedLayer? mixed = explanation.Layers.FirstOrDefault(layer => FunctionSteps.Only(layer.Dense) is null);
        return mixed is null ? null
            : $"the document has one σ for a layer, and layer {mixed.Number} has several; train with one --activation for each "
                + "layer.";
    }

    private protected override void Fill(Explanation explanation, QuantitySheet sheet)
    {
        var share = new BatchShare(explanation);
        int last = explanation.Layers.Length + 1;
        sheet.Remarks.Add(
            $"a₁ is the input and l = {last}; wᵢ, bᵢ are layer i's, and give zᵢ₊₁ and aᵢ₊₁. A prime on w or a transposes, on σ "
                + "it derives.");
        bool hasBiases = explanation.Layers.All(layer => layer.Biases is not null);
        if (!hasBiases)
            sheet.Remarks.Add("The network has no biases: b is left out.");
        bool isOneFunction = explanation.Layers.Select(layer => layer.Dense.Activations[0].Activation).Distinct().Count() == 1;
        if (!isOneFunction)
            sheet.Remarks.Add("The layers have different σ, so each carries the index of its z.");
        if (share.Remark("C") is { } remark)
            sheet.Remarks.Add(remark);
        sheet.Remarks.Add(Corrected);
        sheet.Values(QuantityPart.Inputs, 0, "a_{1}", null, "the input, a_1 = x", explanation.Inputs);
        foreach (ExplainedLayer layer in explanation.Layers)
            ValueFlow(sheet, layer, Sigma(layer));
        DocumentLoss.Write(
            explanation, sheet, share, "C", ($"a_{{{last},j}}", $"a_{{{last}}}"), ("y_j", "y"), $"z_{{{last},j}}");
        foreach (ExplainedLayer layer in explanation.Layers.Reverse())
            ErrorFlow(explanation, sheet, share, layer, Sigma(layer));
        sheet.Values(
            QuantityPart.ErrorFlow, 0, @"\partial C/\partial a_{1}", @"\partial C/\partial a_{1} = \delta_{2} w_{1}'",
            "errors of the input", explanation.InputErrors, ranks: true);
        UpdateWriter.DocumentStep(
            explanation, sheet, @"\Delta w_i = -\eta\,\partial C/\partial w_i"
                + (hasBiases ? @",\; \Delta b_i = -\eta\,\partial C/\partial b_i" : ""), "η",
            @"\partial C/\partial p");
        if (explanation.Update.IsPlain)
            sheet.Remarks.Add("The document steps by the whole −∂C/∂w, which is η = 1; the recipe's learning rate stands before "
                + "it here.");
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            string i = $"{layer.Number}";
            UpdateWriter.Layer(sheet, layer, explanation.Update.Optimizer, new UpdateSymbols
            {
                Weights = $"w_{{{i}}}",
                WeightEntry = $"w_{{{i}}}[#i,#j]",
                WeightGradient = $@"\partial C/\partial w_{{{i}}}",
                WeightChange = $@"\Delta w_{{{i}}}",
                NewWeights = $@"w_{{{i}}} + \Delta w_{{{i}}}",
                Biases = $"b_{{{i}}}",
                BiasGradient = $@"\partial C/\partial b_{{{i}}}",
                BiasChange = $@"\Delta b_{{{i}}}",
                NewBiases = $@"b_{{{i}}} + \Delta b_{{{i}}}",
            });
        }

        string Sigma(ExplainedLayer layer) => isOneFunction ? "" : $"_{{{layer.Number + 1}}}";
    }

    static void ValueFlow(QuantitySheet sheet, ExplainedLayer layer, string index)
    {
        int i = layer.Number, next = i + 1;
        string bias = layer.Biases is null ? "" : $" + b_{{{i}}}";
        string sigma = $@"\sigma{index}", slope = $@"\sigma{index}'";
        sheet.Values(
            QuantityPart.ValueFlow, i, $"z_{{{next}}}", $@"z_{{{next}}} = a_{{{i}}} \cdot w_{{{i}}}{bias}", "weighted inputs",
            layer.U);
        sheet.Values(
            QuantityPart.ValueFlow, i, $"a_{{{next}}}",
            $@"a_{{{next}}} = {sigma}(z_{{{next}}}){FunctionSteps.Value(layer.Dense, sigma, "z")}",
            $"outputs, σ is {FunctionSteps.Words(layer.Dense)}", layer.X, ranks: true);
        sheet.Values(
            QuantityPart.ValueFlow, i, $"{slope}(z_{{{next}}})",
            FunctionSteps.Slope(layer.Dense, $"{slope}(z)", "z", "a", $"{sigma}(z)"), "slopes of σ", layer.Derivative!);
    }

    static void ErrorFlow(Explanation explanation, QuantitySheet sheet, BatchShare share, ExplainedLayer layer, string index)
    {
        int i = layer.Number, next = i + 1;
        bool isLast = i == explanation.Layers.Length;
        string error = $@"\partial C/\partial a_{{{next}}}", delta = $@"\delta_{{{next}}}",
            slope = $@"\sigma{index}'(z_{{{next}}})";
        string start = share.Row + DocumentLoss.Derivative(explanation.Loss, $"a_{{{next}}}", "y");
        string back = $@"\delta_{{{next + 1}}} w_{{{next}}}'";
        if (layer.OutputErrors is { } errors)
        {
            sheet.Values(
                QuantityPart.ErrorFlow, i, error, $"{error} = {(isLast ? start : back)}", "errors of the outputs", errors);
        }

        string through = layer.OutputErrors is null ? start
            : isLast ? $@"{error} \odot {slope}"
            : $@"({back}) \odot {slope}";
        sheet.Values(
            QuantityPart.ErrorFlow, i, delta, $"{delta} = {through}",
            layer.OutputErrors is null ? "errors of z, ∂C/∂a ⊙ σ′ multiplied out" : "errors of z", layer.Delta, ranks: true);
        if (layer.BiasGradient is { } bias)
        {
            sheet.Biases(
                QuantityPart.ErrorFlow, i, $@"\partial C/\partial b_{{{i}}}",
                $@"\partial C/\partial b_{{{i}}} = {share.Sum}{delta}",
                share.HasRows ? "gradient of b, summed over the rows" : "gradient of b", bias);
        }

        sheet.Weights(
            QuantityPart.ErrorFlow, i, $@"\partial C/\partial w_{{{i}}}", $@"\partial C/\partial w_{{{i}}}[#i,#j]",
            $@"\partial C/\partial w_{{{i}}} = a_{{{i}}}' {delta}", "gradient of w", layer.WeightGradient, ranks: true);
    }
}

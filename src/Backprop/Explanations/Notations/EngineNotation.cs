using Backprop.Engine;

namespace Backprop;

/// <summary>The engine's own notation: U, X, W [in, out], b, rows first.</summary>
sealed class EngineNotation() : Notation("engine", "the engine's own: U = X·W + b, rows first")
{
    private protected override bool TakesEveryKind => true;

    private protected override string? Obstacle(Explanation explanation) => null;

    private protected override void Fill(Explanation explanation, QuantitySheet sheet)
    {
        var share = new BatchShare(explanation);
        if (share.Remark("e") is { } remark)
            sheet.Remarks.Add(remark);
        var shards = new ShardTerms(explanation);
        sheet.Values(QuantityPart.Inputs, 0, "X^{0}", null, "the encoded inputs", explanation.Inputs);
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            if (layer.Layer is Dense)
                ValueFlow(sheet, layer);
            else
                KindNotation.Of(explanation, layer).Values(sheet);
        }

        Losses(explanation, sheet, share);
        foreach (ExplainedLayer layer in explanation.Layers.Reverse())
            ErrorFlow(explanation, sheet, share, layer, shards);
        if (explanation.Network.Inputs > 0)
        {
            sheet.Values(
                QuantityPart.ErrorFlow, 0, @"\partial e/\partial X^{0}",
                $@"\partial e/\partial X^{{0}} = {KindNotation.Back(explanation, explanation.Layers[0])}",
                "the error of each input", explanation.InputErrors, ranks: true);
        }

        UpdateWriter.Rule(explanation, sheet, @"\partial e/\partial p");
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            if (layer.Layer is not Dense)
            {
                Update(explanation, sheet, layer);
                continue;
            }

            string k = $"{layer.Number}";
            UpdateWriter.Layer(sheet, layer, explanation.Update.Optimizer, new UpdateSymbols
            {
                Weights = $"W^{{{k}}}",
                WeightEntry = $"W^{{{k}}}_{{#i,#j}}",
                WeightGradient = $@"\partial e/\partial W^{{{k}}}",
                WeightChange = $@"\Delta W^{{{k}}}",
                NewWeights = $@"W^{{{k}}} + \Delta W^{{{k}}}",
                Biases = $"b^{{{k}}}",
                BiasGradient = $@"\partial e/\partial b^{{{k}}}",
                BiasChange = $@"\Delta b^{{{k}}}",
                NewBiases = $@"b^{{{k}}} + \Delta b^{{{k}}}",
            });
        }
    }

    static void ValueFlow(QuantitySheet sheet, ExplainedLayer layer)
    {
        int k = layer.Number;
        string bias = layer.Biases is null ? "" : $" + b^{{{k}}}";
        sheet.Values(
            QuantityPart.ValueFlow, k, $"U^{{{k}}}", $@"U^{{{k}}} = X^{{{k - 1}}} \cdot W^{{{k}}}{bias}", "total inputs",
            layer.U);
        if (layer.Derivative is null)
        {
            KindNotation.Softmax(sheet, layer);
            return;
        }

        string j = FunctionSteps.Only(layer.Dense) is null ? "_j" : "", f = $"f^{{{k}}}{j}", slope = $@"f^{{{k}\prime}}{j}(u)";
        sheet.Values(
            QuantityPart.ValueFlow, k, $"X^{{{k}}}",
            $@"X^{{{k}}} = f^{{{k}}}(U^{{{k}}}){FunctionSteps.Value(layer.Dense, f, "u")}", "outputs", layer.X, ranks: true);
        sheet.Values(
            QuantityPart.ValueFlow, k, $@"f^{{{k}\prime}}(U^{{{k}}})",
            FunctionSteps.Slope(layer.Dense, slope, "u", "x", $"{f}(u)"),
            "slopes of the activation", layer.Derivative);
    }

    static void Losses(Explanation explanation, QuantitySheet sheet, BatchShare share)
    {
        int n = explanation.Layers.Length;
        Loss loss = explanation.Loss;
        double smoothing = loss.Smoothing;
        sheet.Values(QuantityPart.Loss, n, $"X^{{{n}}}", null, "the network's outputs", explanation.Layers[^1].X);
        sheet.Values(QuantityPart.Loss, n, "T", null, "the targets", explanation.Targets);
        string target = "T_j";
        if (smoothing > 0)
        {
            target = "S_j";
            string epsilon = UpdateFormulas.Text(smoothing);
            sheet.Values(
                QuantityPart.Loss, n, "S", $"S = (1 - {epsilon}) T + {epsilon}/{DocumentLoss.SmoothedOver(explanation)}",
                "the targets, smoothed", DocumentLoss.Targets(explanation));
        }

        string ell = $@"\ell = {DocumentLoss.Row(loss, $"X^{{{n}}}_j", target, $"U^{{{n}}}_j")}";
        sheet.Rows(QuantityPart.Loss, @"\ell", ell, $"each row's loss, {loss.Name}", explanation.RowLosses);
        if (share.HasWeights)
            sheet.Rows(QuantityPart.Loss, @"\omega", null, "each row's weight", explanation.RowWeights);
        sheet.Total(
            QuantityPart.Loss, "e", share.HasRows ? $@"e = {share.Mean}\sum_r {share.Weight}\ell" : @"e = \ell", share.LossWords,
            explanation.BatchLoss);
    }

    static void ErrorFlow(Explanation explanation, QuantitySheet sheet, BatchShare share, ExplainedLayer layer, ShardTerms shards)
    {
        int k = layer.Number;
        bool isLast = k == explanation.Layers.Length;
        string target = explanation.Loss.Smoothing > 0 ? "S" : "T";
        string start = share.Row + DocumentLoss.Derivative(explanation.Loss, $"X^{{{k}}}", target);
        string delta = $@"\partial e/\partial U^{{{k}}}", error = $@"\partial e/\partial X^{{{k}}}";
        if (layer.OutputErrors is { } errors)
        {
            sheet.Values(
                QuantityPart.ErrorFlow, k, error,
                $"{error} = " + (isLast ? start : KindNotation.Back(explanation, explanation.Layers[k])),
                "errors of the outputs",
                errors);
        }

        if (layer.Layer is not Dense)
        {
            OtherKind(explanation, sheet, share, layer, start);
            return;
        }

        string through = layer.OutputErrors is null ? start
            : layer.Derivative is null ? $@"X^{{{k}}} \odot ({error} - \sum_l \partial e/\partial X^{{{k}}}_l X^{{{k}}}_l)"
            : $@"{error} \odot f^{{{k}\prime}}(U^{{{k}}})";
        sheet.Values(QuantityPart.ErrorFlow, k, delta, $"{delta} = {through}", "delta: errors of the total inputs", layer.Delta,
            ranks: true);
        if (layer.BiasGradient is { } bias)
        {
            string sum = $@"\partial e/\partial b^{{{k}}}", part = $"H^{{{k}}}";
            foreach ((int number, ExplainedShard shard) in shards.Shown)
            {
                sheet.Biases(
                    QuantityPart.ErrorFlow, k, $"{part}_{{{number}}}",
                    $"{part}_{{{number}}} = {share.Sum}{delta}{ShardTerms.Range(shard)}",
                    $"shard {number}'s gradient of the biases", shard.Gradients[k - 1][1]!);
            }

            sheet.Biases(
                QuantityPart.ErrorFlow, k, sum, $"{sum} = {share.Sum}{delta}{shards.Step(sum, part)}", "gradient of the biases",
                bias);
        }

        string weights = $@"\partial e/\partial W^{{{k}}}", product = $@"X^{{{k - 1}\top}} \cdot {delta}", term = $"G^{{{k}}}";
        sheet.Weights(
            QuantityPart.ErrorFlow, k, weights, weights + "_{#i,#j}", $"{weights} = {product}{shards.Step(weights, term)}",
            "gradient of the weights", layer.WeightGradient, ranks: true);
        foreach ((int number, ExplainedShard shard) in shards.Shown)
        {
            sheet.Weights(
                QuantityPart.ErrorFlow, k, $"{term}_{{{number}}}", weights + "_{#i,#j}",
                $"{term}_{{{number}}} = {share.Sum}{product}{ShardTerms.Range(shard)}",
                $"shard {number}'s gradient of the weights",
                shard.Gradients[k - 1][0]!);
        }
    }

    /// <summary>The errors of what another kind of layer gives softmax, and the gradients of its tensors.</summary>
    static void OtherKind(Explanation explanation, QuantitySheet sheet, BatchShare share, ExplainedLayer layer, string start)
    {
        int k = layer.Number;
        string error = $@"\partial e/\partial X^{{{k}}}", delta = $@"\partial e/\partial U^{{{k}}}";
        if (explanation.Network.HasSoftmax && k == explanation.Layers.Length)
        {
            string through = layer.OutputErrors is null ? start
                : $@"X^{{{k}}} \odot ({error} - \sum_l \partial e/\partial X^{{{k}}}_l X^{{{k}}}_l)";
            sheet.Values(
                QuantityPart.ErrorFlow, k, delta, $"{delta} = {through}", "delta: errors of what softmax takes", layer.Delta,
                ranks: true);
        }

        var notation = KindNotation.Of(explanation, layer);
        int first = notation.FirstOfTables, place = 0;
        foreach (TensorText text in notation.Tensors())
        {
            int i = place++;
            if (layer.Tensors[i].Gradient is not { } gradient)
                continue;
            KindGradient.Write(explanation, sheet, (layer, i, first), text, gradient);
            first += gradient.Columns;
        }
    }

    static void Update(Explanation explanation, QuantitySheet sheet, ExplainedLayer layer)
    {
        var notation = KindNotation.Of(explanation, layer);
        int first = notation.FirstOfTables, place = 0;
        foreach (TensorText text in notation.Tensors())
        {
            ExplainedTensor tensor = layer.Tensors[place++];
            UpdateWriter.Tensor(sheet, layer.Number, tensor, text, first);
            first += tensor.Values.Columns;
        }
    }
}

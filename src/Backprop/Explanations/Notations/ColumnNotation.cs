using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Mini-batches of columns: I [D_I, N], H = W_H I + b_H, Ĥ = f(H), O = W_O Ĥ + b_O, L = ½(O − Y)². Every matrix is the
/// engine's transposed.
/// </summary>
sealed class ColumnNotation() : Notation("columns", "mini-batches of columns, H = W·I + b, O = W·Ĥ + b, L = ½(O − Y)²")
{
    private protected override bool RowsAreColumns => true;

    private protected override bool WeightsAreOutFirst => true;

    private protected override string? Obstacle(Explanation explanation)
    {
        bool isHalf = explanation.Loss.Equals(Loss.HalfSquared);
        bool isLinear = !explanation.Network.HasSoftmax
            && FunctionSteps.Only(explanation.Layers[^1].Dense) is { } only && only.Equals(Activation.Linear);
        if (!isLinear)
        {
            string output = explanation.Network.HasSoftmax
                ? "softmax" : FunctionSteps.Words(explanation.Layers[^1].Dense);
            return $"the document's outputs are linear, and this network's are {output}; train with --output-activation linear"
                + (isHalf ? "." : " --loss half-squared.");
        }

        if (!isHalf)
            return $"the document's loss is ½(O − Y)², and this model's is {explanation.Loss}; train with --loss half-squared.";
        if (explanation.Layers.Length < 2)
            return "the document has a hidden layer, and this network has none; train with --layers 16.";
        ExplainedLayer? mixed = explanation.Layers.FirstOrDefault(layer => FunctionSteps.Only(layer.Dense) is null);
        return mixed is null ? null
            : $"the document has one f for a layer, and layer {mixed.Number} has several; train with one --activation for each "
                + "layer.";
    }

    private protected override void Fill(Explanation explanation, QuantitySheet sheet)
    {
        var share = new BatchShare(explanation);
        int n = explanation.Layers.Length;
        sheet.Remarks.Add("A row is a column here: every matrix is the engine's transposed. α = η; δ stands for ∂ as in the "
            + "document.");
        bool isOneFunction = explanation.Layers.SkipLast(1).Select(layer => layer.Dense.Activations[0].Activation).Distinct()
            .Count() == 1;
        if (!isOneFunction)
            sheet.Remarks.Add("The hidden layers have different f, so each carries its layer's number.");
        if (share.Remark("L") is { } remark)
            sheet.Remarks.Add(remark);
        if (explanation.Layers.Any(layer => layer.Biases is null))
            sheet.Remarks.Add("The network has no biases: b is left out.");
        sheet.Remarks.Add(Corrected);
        sheet.Values(QuantityPart.Inputs, 0, "I", null, "the inputs", explanation.Inputs);
        foreach (ExplainedLayer layer in explanation.Layers)
            ValueFlow(sheet, layer, n, F(layer));
        sheet.Values(QuantityPart.Loss, n, "O", null, "outputs", explanation.Layers[^1].X);
        sheet.Values(QuantityPart.Loss, n, "Y", null, "targets", explanation.Targets);
        DocumentLoss.Totals(explanation, sheet, share, "L", @"\tfrac{1}{2} \sum_j (O_j - Y_j)^2",
            "½ squared, summed over the outputs");
        foreach (ExplainedLayer layer in explanation.Layers.Reverse())
            ErrorFlow(sheet, share, layer, n, F(layer));
        string first = Total(1, n);
        sheet.Values(
            QuantityPart.ErrorFlow, 0, @"\delta L/\delta I", $@"\delta L/\delta I = {W(1, n)}^{{\top}} \delta L/\delta {first}",
            "errors of the inputs", explanation.InputErrors, ranks: true);
        UpdateWriter.DocumentStep(explanation, sheet, @"w \leftarrow w - \alpha\,\delta L/\delta w", "α", @"\delta L/\delta p");
        foreach (ExplainedLayer layer in explanation.Layers)
        {
            string w = W(layer.Number, n), b = B(layer.Number, n);
            UpdateWriter.Layer(sheet, layer, explanation.Update.Optimizer, new UpdateSymbols
            {
                Weights = w,
                WeightEntry = $"{w}[#i,#j]",
                WeightGradient = $@"\delta L/\delta {w}",
                WeightChange = $@"\Delta {w}",
                NewWeights = $@"{w} + \Delta {w}",
                Biases = b,
                BiasGradient = $@"\delta L/\delta {b}",
                BiasChange = $@"\Delta {b}",
                NewBiases = $@"{b} + \Delta {b}",
            });
        }

        string F(ExplainedLayer layer) => isOneFunction ? "f" : $"f_{{{layer.Number}}}";
    }

    static void ValueFlow(QuantitySheet sheet, ExplainedLayer layer, int n, string f)
    {
        int k = layer.Number;
        string total = Total(k, n), bias = layer.Biases is null ? "" : $" + {B(k, n)}";
        sheet.Values(
            QuantityPart.ValueFlow, k, total, $"{total} = {W(k, n)} {Value(k - 1, n)}{bias}",
            k == n ? "outputs" : "total inputs", layer.U, ranks: k == n);
        if (k == n)
            return;

        sheet.Values(
            QuantityPart.ValueFlow, k, Value(k, n), $@"{Value(k, n)} = {f}({total}){FunctionSteps.Value(layer.Dense, f, "h")}",
            $"outputs, f is {FunctionSteps.Words(layer.Dense)}", layer.X, ranks: true);

        // The document's own where f is its sigmoid.
        string? slope = layer.Dense.Activations[0].Activation.Equals(Activation.Logistic)
            ? $@"{f}'({total}) = {Value(k, n)} \odot (1 - {Value(k, n)})"
            : FunctionSteps.Slope(layer.Dense, $"{f}'(h)", "h", "x", $"{f}(h)");
        sheet.Values(QuantityPart.ValueFlow, k, $"{f}'({total})", slope, "slopes of f", layer.Derivative!);
    }

    static void ErrorFlow(QuantitySheet sheet, BatchShare share, ExplainedLayer layer, int n, string f)
    {
        int k = layer.Number;
        string total = $@"\delta L/\delta {Total(k, n)}";
        if (k == n)
        {
            sheet.Values(
                QuantityPart.ErrorFlow, k, total, $"{total} = {share.Row}(O - Y)", "errors of the outputs", layer.Delta,
                ranks: true);
        }
        else
        {
            string value = $@"\delta L/\delta {Value(k, n)}";
            sheet.Values(
                QuantityPart.ErrorFlow, k, value, $@"{value} = {W(k + 1, n)}^{{\top}} \delta L/\delta {Total(k + 1, n)}",
                "errors of the outputs", layer.OutputErrors!);
            sheet.Values(
                QuantityPart.ErrorFlow, k, total, $@"{total} = {value} \odot {f}'({Total(k, n)})", "errors of the total inputs",
                layer.Delta, ranks: true);
        }

        if (layer.BiasGradient is { } bias)
        {
            string b = $@"\delta L/\delta {B(k, n)}";
            sheet.Biases(
                QuantityPart.ErrorFlow, k, b, $"{b} = {share.Sum}{total}",
                share.HasRows ? "gradient of b, summed over the N columns" : "gradient of b", bias);
        }

        string w = $@"\delta L/\delta {W(k, n)}";
        sheet.Weights(
            QuantityPart.ErrorFlow, k, w, $"{w}[#i,#j]", $@"{w} = {total} {Value(k - 1, n)}^{{\top}}", "gradient of W",
            layer.WeightGradient, ranks: true);
    }

    /// <summary>H of hidden layer k, or O.</summary>
    static string Total(int k, int n) => k == n ? "O" : n == 2 ? "H" : $"H_{{{k}}}";

    /// <summary>Ĥ of hidden layer k; I of layer 0.</summary>
    static string Value(int k, int n) => k == 0 ? "I" : n == 2 ? @"\widehat{H}" : $@"\widehat{{H}}_{{{k}}}";

    static string W(int k, int n) => $"W_{{{Total(k, n)}}}";

    static string B(int k, int n) => $"b_{{{Total(k, n)}}}";
}

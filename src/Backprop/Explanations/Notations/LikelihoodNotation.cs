using Backprop.Engine;

namespace Backprop;

/// <summary>
/// One hidden layer by ascent of a log-likelihood: z = f(W x + b), a = V z + c, y = g(a), Ln = −Σ over rows of the loss.
/// Gradients have the other sign than the engine's.
/// </summary>
sealed class LikelihoodNotation()
    : Notation("likelihood", "one hidden layer, z = f(Wx + b), y = g(Vz + c), by ascent of a log-likelihood")
{
    static readonly Activation[] s_hidden = [Activation.Logistic, Activation.Tanh, Activation.Relu];

    private protected override string? Obstacle(Explanation explanation)
    {
        int hidden = explanation.Layers.Length - 1;
        if (hidden != 1)
            return $"the document has exactly one hidden layer, and this network has {(hidden == 0 ? "none" : hidden)}; train "
                + "with --layers 16.";
        if (FunctionSteps.Only(explanation.Layers[0].Dense) is not { } f || !s_hidden.Contains(f))
        {
            return $"the document's hidden neurons are all logistic, tanh or relu, and this network's are "
                + $"{explanation.Layers[0].Dense}; train with "
                + "--activation tanh.";
        }

        if (LikelihoodOutput.Of(explanation.Network) is not { } output)
        {
            return $"the document's outputs are softmax, logistic or linear, and this network's are "
                + $"{explanation.Layers[1].Dense}; train with "
                + "--output-activation softmax, logistic or linear.";
        }

        return output.IsOf(explanation.Loss) ? null
            : $"the likelihood of {output.Name} outputs is that of the loss {output.Loss}, and this model's loss is "
                + $"{explanation.Loss}; train with --loss {output.Loss}.";
    }

    private protected override void Fill(Explanation explanation, QuantitySheet sheet)
    {
        var share = new BatchShare(explanation);
        (ExplainedLayer hidden, ExplainedLayer output) = (explanation.Layers[0], explanation.Layers[1]);
        string n = share.HasRows ? "^{(n)}" : "";
        string likelihood = share.IsMean
            ? $"e is the mean of N = {explanation.Rows.Length} rows and Ln their sum, −e = 1/N Ln" : "Ln = −e";
        sheet.Remarks.Add(
            $"W, b are layer 1's and V, c layer 2's; {likelihood}, so gradients have the other sign and the steps go up; α = η.");
        if (share.HasWeights)
            sheet.Remarks.Add("Each row counts with its weight ω.");
        if (explanation.Loss.Smoothing > 0)
        {
            sheet.Remarks.Add(
                $"t is the smoothed target, t(1 − ε) + ε/{(explanation.Loss.Kind == LossKind.Softmax ? "K" : "2")} with ε = "
                + $"{UpdateFormulas.Text(explanation.Loss.Smoothing)}: the formulas hold for it as it stands.");
        }

        if (explanation.Layers.Any(layer => layer.Biases is null))
            sheet.Remarks.Add("The network has no biases: b and c are left out.");
        sheet.Remarks.Add("s is the argument of f, for which the document has no letter, nor formulas for b and c.");
        sheet.Remarks.Add(Corrected);
        sheet.Values(QuantityPart.Inputs, 0, $"x_d{n}", null, "the inputs", explanation.Inputs);
        LikelihoodOutput g = LikelihoodOutput.Of(explanation.Network)!;
        Values(sheet, hidden, output, n, g);
        Likelihood(explanation, sheet, share, n, g);
        Errors(explanation, sheet, share, n);
        string mean = share.Mean;
        string gradient = $@"{mean}\partial Ln/\partial ";
        string[] parameters = ["V_{mk}", "W_{dm}", .. hidden.Biases is null ? Array.Empty<string>() : ["c_k", "b_m"]];
        string step = string.Join(@",\; ", parameters.Select(p => $@"{p} \leftarrow {p} + \alpha\,{gradient}{p}"));
        UpdateWriter.DocumentStep(explanation, sheet, step, "α", $@"-{gradient}p");
        UpdateWriter.Layer(sheet, hidden, explanation.Update.Optimizer, Symbols("W", "dm", "b_m", gradient));
        UpdateWriter.Layer(sheet, output, explanation.Update.Optimizer, Symbols("V", "mk", "c_k", gradient));
    }

    static void Values(QuantitySheet sheet, ExplainedLayer hidden, ExplainedLayer output, string n, LikelihoodOutput g)
    {
        const QuantityPart Part = QuantityPart.ValueFlow;
        sheet.Values(
            Part, 1, $"s_m{n}", $@"s_m{n} = \sum_d W_{{dm}} x_d{n}{(hidden.Biases is null ? "" : " + b_m")}",
            "the argument of f", hidden.U);
        sheet.Values(
            Part, 1, $"z_m{n}", $@"z_m{n} = f(s_m{n}){FunctionSteps.Value(hidden.Dense, "f", "s")}",
            "outputs of the hidden neurons",
            hidden.X, ranks: true);
        string slope = $"f'(s_m{n})";
        sheet.Values(Part, 1, slope, FunctionSteps.Slope(hidden.Dense, slope, $"s_m{n}", $"z_m{n}"), "slopes of f",
            hidden.Derivative!);
        sheet.Values(
            Part, 2, $"a_k{n}", $@"a_k{n} = \sum_m V_{{mk}} z_m{n}{(output.Biases is null ? "" : " + c_k")}",
            "inputs of the last neurons",
            output.U);
        sheet.Values(Part, 2, $"y_k{n}", g.Value(n), $"outputs, g is {g.Name}", output.X, ranks: true);
        if (g.Loss.Kind == LossKind.Softmax)
            sheet.Say(
                Part, 2, $@"\partial y_l{n}/\partial a_k{n} = y_l{n}(\delta_{{kl}} - y_k{n})", "softmax couples the outputs");
    }

    static void Likelihood(Explanation explanation, QuantitySheet sheet, BatchShare share, string n, LikelihoodOutput g)
    {
        sheet.Values(QuantityPart.Loss, 2, $"y_k{n}", null, "outputs", explanation.Layers[^1].X);
        sheet.Values(
            QuantityPart.Loss, 2, $"t_k{n}", null, DocumentLoss.TargetWords(explanation), DocumentLoss.Targets(explanation));
        (string row, string words) = (g.Row($"t_k{n}", $"y_k{n}"), g.Words);
        if (!share.HasRows)
        {
            sheet.Total(QuantityPart.Loss, "Ln", $"Ln = {share.Weight}{row}", words, 0 - explanation.BatchLoss);
            return;
        }

        sheet.Rows(
            QuantityPart.Loss, "Ln^{(n)}", $"Ln^{{(n)}} = {row}", $"each row's {words}",
            [.. explanation.RowLosses.Select(loss => 0 - loss)]);
        if (share.HasWeights)
            sheet.Rows(QuantityPart.Loss, @"\omega", null, "each row's weight", explanation.RowWeights);
        sheet.Total(
            QuantityPart.Loss, $"{share.Mean}Ln", $@"{share.Mean}Ln = {share.Mean}\sum_n {share.Weight}Ln^{{(n)}}",
            share.IsMean ? "log-likelihood, mean over the rows, −e" : "log-likelihood, sum over the rows, −e",
            0 - explanation.BatchLoss);
    }

    static void Errors(Explanation explanation, QuantitySheet sheet, BatchShare share, string n)
    {
        (ExplainedLayer hidden, ExplainedLayer output) = (explanation.Layers[0], explanation.Layers[1]);
        const QuantityPart Part = QuantityPart.ErrorFlow;
        string d = $@"{share.Mean}\partial Ln/\partial ", sum = share.HasRows ? $@"{share.Mean}\sum_n " : "",
            weight = share.Weight;
        string difference = $"{weight}(t_k{n} - y_k{n})";
        FormulaText f = hidden.Dense.Activations[0].Activation.Formula($"s_m{n}", $"z_m{n}")!.Value;
        string slope = f.Derivative.Contains(' ', StringComparison.Ordinal) ? $"({f.Derivative})" : f.Derivative;
        sheet.Values(
            Part, 2, $"{d}a_k{n}", $"{d}a_k{n} = {share.Mean}{difference}", "errors of a", Numbers.Negated(output.Delta),
            ranks: true);
        if (output.BiasGradient is { } outputBias)
            sheet.Biases(Part, 2, $"{d}c_k", $"{d}c_k = {sum}{difference}", "gradient of c", Numbers.Negated(outputBias));
        sheet.Weights(
            Part, 2, $"{d}V_{{mk}}", $"{d}V_{{#i,#j}}", $"{d}V_{{mk}} = {sum}{difference} z_m{n}", "gradient of V",
            Numbers.Negated(output.WeightGradient), ranks: true);
        sheet.Values(
            Part, 1, $"{d}z_m{n}", $@"{d}z_m{n} = {share.Mean}\sum_k {difference} V_{{mk}}", "errors of z",
            Numbers.Negated(hidden.OutputErrors!));
        sheet.Values(
            Part, 1, $"{d}s_m{n}", $"{d}s_m{n} = {d}z_m{n} f'(s_m{n})", "errors of the argument", Numbers.Negated(hidden.Delta),
            ranks: true);
        string path = $@"{sum}\sum_k {difference} V_{{mk}} {slope}";
        if (hidden.BiasGradient is { } bias)
            sheet.Biases(Part, 1, $"{d}b_m", $"{d}b_m = {path}", "gradient of b", Numbers.Negated(bias));
        sheet.Weights(
            Part, 1, $"{d}W_{{dm}}", $"{d}W_{{#i,#j}}", $"{d}W_{{dm}} = {path} x_d{n}", "gradient of W",
            Numbers.Negated(hidden.WeightGradient), ranks: true);
        sheet.Values(
            Part, 0, $"{d}x_d{n}", $@"{d}x_d{n} = \sum_m {d}s_m{n} W_{{dm}}", "errors of the inputs",
            Numbers.Negated(explanation.InputErrors), ranks: true);
    }

    static UpdateSymbols Symbols(string w, string indices, string bias, string gradient) => new()
    {
        Weights = $"{w}_{{{indices}}}",
        WeightEntry = $"{w}_{{#i,#j}}",
        WeightGradient = $"{gradient}{w}_{{{indices}}}",
        WeightChange = $@"\Delta {w}_{{{indices}}}",
        NewWeights = $@"{w}_{{{indices}}} + \Delta {w}_{{{indices}}}",
        Biases = bias,
        BiasGradient = gradient + bias,
        BiasChange = $@"\Delta {bias}",
        NewBiases = $@"{bias} + \Delta {bias}",
        IsAscent = true,
    };
}

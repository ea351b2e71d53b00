using Backprop.Engine;

namespace Backprop;

/// <summary>Writes a loss of the outputs in a notation's letters, from the text that stands beside the loss's code.</summary>
static class DocumentLoss
{
    /// <summary>Outputs, targets, each row's loss, the rows' weights and the loss.</summary>
    /// <param name="explanation">The rows.</param>
    /// <param name="sheet">Where it is written.</param>
    /// <param name="share">What stands before a row's loss.</param>
    /// <param name="e">What the loss is called.</param>
    /// <param name="x">What an output is called, with and without its index j.</param>
    /// <param name="t">What its target is called.</param>
    /// <param name="u">What its total input is called.</param>
    public static void Write(
        Explanation explanation, QuantitySheet sheet, BatchShare share, string e, (string One, string All) x,
        (string One, string All) t,
        string u)
    {
        int n = explanation.Layers.Length;
        sheet.Values(QuantityPart.Loss, n, x.All, null, "outputs", explanation.Layers[^1].X);
        sheet.Values(QuantityPart.Loss, n, t.All, null, TargetWords(explanation), Targets(explanation));
        Totals(explanation, sheet, share, e, Row(explanation.Loss, x.One, t.One, u), explanation.Loss.Name);
    }

    /// <summary>The loss of a row: the sum over its outputs j.</summary>
    public static string Row(Loss loss, string x, string t, string u) => $@"\sum_j {Of(loss, x, t, u).Value}";

    /// <summary>The derivative of a row's loss by an output, or by its total input under a joint loss.</summary>
    public static string Derivative(Loss loss, string x, string t) => Of(loss, x, t, "u").Derivative;

    /// <summary>The loss of each row and of all.</summary>
    public static void Totals(Explanation explanation, QuantitySheet sheet, BatchShare share, string e, string row, string words)
    {
        if (!share.HasRows)
        {
            sheet.Total(QuantityPart.Loss, e, $"{e} = {share.Weight}{row}", $"the loss, {words}", explanation.BatchLoss);
            return;
        }

        sheet.Rows(QuantityPart.Loss, e + "_{r}", $"{e}_{{r}} = {row}", $"each row's loss, {words}", explanation.RowLosses);
        if (share.HasWeights)
            sheet.Rows(QuantityPart.Loss, @"\omega", null, "each row's weight", explanation.RowWeights);
        sheet.Total(
            QuantityPart.Loss, e, $@"{e} = {share.Mean}\sum_r {share.Weight}{e}_{{r}}", share.LossWords, explanation.BatchLoss);
    }

    /// <summary>The targets as the loss takes them, t(1 − ε) + ε/K where it smooths.</summary>
    public static ReadOnlyMatrix<double> Targets(Explanation explanation)
    {
        double epsilon = explanation.Loss.Smoothing, places = SmoothedOver(explanation);
        return epsilon == 0
            ? explanation.Targets
            : Numbers.Of(
                explanation.Targets.Rows, explanation.Targets.Columns,
                (row, j) => explanation.Targets[row, j] * (1 - epsilon) + epsilon / places);
    }

    /// <summary>Among how many label smoothing divides ε: K.</summary>
    public static int SmoothedOver(Explanation explanation) =>
        explanation.Loss.Kind == LossKind.Softmax ? explanation.Targets.Columns : 2;

    /// <summary>What the targets are.</summary>
    public static string TargetWords(Explanation explanation) => explanation.Loss.Smoothing is var epsilon and > 0
        ? $"targets, smoothed by ε = {UpdateFormulas.Text(epsilon)}" : "targets";

    static FormulaText Of(Loss loss, string x, string t, string u) => loss.Formula(x, t, u)
        ?? throw new InvalidOperationException($"The loss {loss} does not say how its formula reads.");
}

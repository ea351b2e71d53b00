using Backprop.Engine;

namespace Backprop;

/// <summary>Writes a loss of the outputs in a document's letters.</summary>
static class DocumentLoss
{
    /// <summary>Outputs, targets, each row's loss, the rows' weights and the loss.</summary>
    /// <param name="explanation">The rows.</param>
    /// <param name="sheet">Where it is written.</param>
    /// <param name="share">What stands before a row's loss.</param>
    /// <param name="e">What the loss is called.</param>
    /// <param name="x">What an output is called.</param>
    /// <param name="t">What its target is called.</param>
    /// <param name="u">What its total input is called.</param>
    public static void Write(
        Explanation explanation, QuantitySheet sheet, BatchShare share, string e, string x, string t, string u)
    {
        int n = explanation.Layers.Length;
        sheet.Values(QuantityPart.Loss, n, x, null, "outputs", explanation.Layers[^1].X);
        sheet.Values(QuantityPart.Loss, n, t, null, TargetWords(explanation), Targets(explanation));
        string row = $@"\sum_j {LossFormulas.Value(explanation.Loss, x, t, u)}";
        Totals(explanation, sheet, share, e, row, explanation.Loss.Name);
    }

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
        sheet.Total(QuantityPart.Loss, e, $@"{e} = {share.Mean}\sum {share.Weight}{e}_{{r}}", "the loss", explanation.BatchLoss);
    }

    /// <summary>The derivative of a row's loss by an output, or by its total input under a joint loss.</summary>
    public static string Derivative(Explanation explanation, string x, string t) =>
        LossFormulas.Derivative(explanation.Loss, x, t);

    /// <summary>The targets as the loss takes them: smoothed where it smooths.</summary>
    public static ReadOnlyMatrix<double> Targets(Explanation explanation) => LossFormulas.Smoothing(explanation.Loss) == 0
        ? explanation.Targets
        : Numbers.Of(
            explanation.Targets.Rows, explanation.Targets.Columns,
            (row, j) => LossFormulas.Smoothed(explanation.Loss, explanation.Targets.Columns, explanation.Targets[row, j]));

    /// <summary>What the targets are.</summary>
    public static string TargetWords(Explanation explanation) => LossFormulas.Smoothing(explanation.Loss) is var epsilon and > 0
        ? $"targets, smoothed by ε = {UpdateFormulas.Text(epsilon)}" : "targets";
}

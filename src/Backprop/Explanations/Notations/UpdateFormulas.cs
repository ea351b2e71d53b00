using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>What an optimizer makes of a gradient, as formulas from the text that stands beside its code, and in words.</summary>
static class UpdateFormulas
{
    // As the rules' formulas name them, in every notation.
    public static readonly string[] Moments = ["m", "v"];

    /// <summary>The rule in LaTeX; p is a parameter, g its gradient, m and v what is kept for it.</summary>
    public static string Rule(Optimizer optimizer) => optimizer.Formula.Steps;

    /// <summary>What the numbers in the rule are.</summary>
    public static string Words(ExplainedUpdate update)
    {
        Optimizer optimizer = update.Optimizer;
        UpdateFormula formula = optimizer.Formula;
        string[] numbers =
        [
            .. formula.ReadsRate ? [$"η = {Text(update.LearningRate)}"] : Array.Empty<string>(),
            .. optimizer.Named.Numbers.Zip(formula.Symbols, (pair, symbol) => $"{symbol} = {Text(pair.Value)}"),
            .. update.Step == 1 && optimizer.MomentCount > 0 ? [$"{Before(optimizer, update.LearningRate)} before"]
                : Array.Empty<string>(),
            .. formula.ReadsStep ? [$"t = {update.Step}"] : Array.Empty<string>(),
        ];
        return optimizer.Named.Name + (numbers.Length == 0 ? "" : " with ") + string.Join(", ", numbers) + ScheduleWords(update)
            + FactorWords("η", update.LearningRateFactors);
    }

    /// <summary>For which tensors a number of the rule is another, to be added to a sentence; empty for none.</summary>
    static string FactorWords(string symbol, TensorFactors factors) => string.Concat(
        factors.Factors.Select(pair => $"; {symbol} times {Text(pair.Value)} for {pair.Key}"));

    /// <summary>Where η comes from, to be added to a sentence; empty where it is the recipe's own.</summary>
    public static string ScheduleWords(ExplainedUpdate update) => update.Schedule.Equals(Schedule.Constant)
        ? ""
        : $"; η is the recipe's {Text(update.BaseLearningRate)} as {update.Schedule} has it in step {update.Step} of "
            + $"{update.TotalSteps}";

    /// <summary>What is done to the gradient and the weight before the rule, in LaTeX; empty for nothing.</summary>
    public static IEnumerable<(string Formula, string Words)> Links(ExplainedUpdate update)
    {
        if (update.L1 > 0 || update.L2 > 0)
        {
            string l2 = update.L2 > 0 ? @" + \lambda_2 p" : "", l1 = update.L1 > 0 ? @" + \lambda_1 \text{sign}(p)" : "";
            string[] words =
            [
                .. update.L2 > 0 ? [$"λ₂ = {Text(update.L2)}"] : Array.Empty<string>(),
                .. update.L1 > 0 ? [$"λ₁ = {Text(update.L1)}"] : Array.Empty<string>(),
            ];
            yield return ($@"g \leftarrow g{l2}{l1}", $"penalties, of weights only: {string.Join(", ", words)}");
        }

        if (update.Clip.Value is { } limit)
            yield return (@"g \leftarrow \max(-c, \min(c, g))", $"clipped by value, c = {Text(limit)}");
        if (update.Clip.Norm is { } norm)
        {
            yield return (
                @"g \leftarrow g \min(1, c/(\Vert g\Vert + 10^{-6}))",
                $"clipped by norm, c = {Text(norm)}; over all weights and biases ‖g‖ = "
                    + $"{Short(update.GradientNorm.GetValueOrDefault())}, "
                + $"so the factor is {Short(update.ClipFactor)}");
        }

        if (update.WeightDecay > 0)
        {
            yield return (
                @"p \leftarrow (1 - \eta d) p",
                $"decay, of weights{(update.DecayFactors.IsEmpty ? " only" : "")}, before the rule: "
                    + $"η = {Text(update.LearningRate)}, d = {Text(update.WeightDecay)}"
                    + FactorWords("η", update.LearningRateFactors) + FactorWords("d", update.DecayFactors));
        }
    }

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>What is kept before the first step.</summary>
    static string Before(Optimizer optimizer, double rate)
    {
        double[] values = [.. Enumerable.Range(0, optimizer.MomentCount).Select(index => optimizer.InitialMoment(index, rate))];
        return values.All(value => value == 0)
            ? string.Join(" = ", Moments.Take(values.Length)) + " = 0"
            : string.Join(", ", values.Select((value, index) => $"{Moments[index]} = {Text(value)}"));
    }
}

using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Optimizers as formulas.</summary>
static class UpdateFormulas
{
    /// <summary>The rule in LaTeX; p is a parameter, g its gradient, m and v what is kept for it.</summary>
    public static string Rule(Optimizer optimizer)
    {
        const string AdamMoments = @"m \leftarrow \beta_1 m + (1 - \beta_1) g,\; v \leftarrow \beta_2 v + (1 - \beta_2) g^2,\; ";
        return Word(optimizer) switch
        {
            "gradient-descent" => @"p \leftarrow p - \eta g",
            "momentum" => @"m \leftarrow \mu m + g,\; p \leftarrow p - \eta m",
            "nesterov" => @"m \leftarrow \mu m + g,\; p \leftarrow p - \eta(g + \mu m)",
            "adagrad" => @"m \leftarrow m + g^2,\; p \leftarrow p - \eta g/(\sqrt{m} + \epsilon)",
            "rmsprop" => @"m \leftarrow \rho m + (1 - \rho) g^2,\; p \leftarrow p - \eta g/(\sqrt{m} + \epsilon)",
            "adam" or "adamw" => AdamMoments
                + @"p \leftarrow p - \frac{\eta}{1 - \beta_1^t} m/(\sqrt{v/(1 - \beta_2^t)} + \epsilon)",
            "nadam" => AdamMoments + @"p \leftarrow p - \eta \left(\frac{1 - \mu_1}{1 - \mu_1} g + \frac{\mu_2}{1 - \mu_1 \mu_2} m\right)"
                + @"/(\sqrt{v/(1 - \beta_2^t)} + \epsilon),\; \mu_t = \beta_1(1 - 0.96^{t\psi}/2)",
            "lion" => @"p \leftarrow p - \eta \text{sign}(\beta_1 m + (1 - \beta_1) g),\; m \leftarrow \beta_2 m + (1 - \beta_2) g",
            _ => @"p \leftarrow p - \eta \text{sign}(g)",
        };
    }

    /// <summary>What the numbers in the rule are.</summary>
    public static string Words(ExplainedUpdate update)
    {
        string name = Word(update.Optimizer);
        string[] numbers =
        [
            $"η = {Text(update.LearningRate)}",
            .. update.OptimizerParameters.Select(pair => $"{Symbol(name, pair.Key)} = {Text(pair.Value)}"),
            .. update.Optimizer.MomentCount switch
            {
                0 => Array.Empty<string>(),
                1 => update.Step == 1 ? ["m = 0 before"] : [],
                _ when name == "rprop" => [],
                _ => update.Step == 1 ? ["m = v = 0 before", "t = 1"] : [$"t = {update.Step}"],
            },
        ];
        return $"{name} with {string.Join(", ", numbers)}{ScheduleWords(update)}";
    }

    /// <summary>Where η comes from, to be added to a sentence; empty where it is the recipe's own.</summary>
    public static string ScheduleWords(ExplainedUpdate update) => update.Schedule.Equals(Schedule.Constant)
        ? ""
        : $"; η is the recipe's {Text(update.BaseLearningRate)} as {update.Schedule} has it in step {update.Step} of {update.TotalSteps}";

    /// <summary>What is done to the gradient and the weight before the rule, in LaTeX; empty for nothing.</summary>
    public static IEnumerable<(string Formula, string Words)> Links(ExplainedUpdate update)
    {
        if (update.L1 > 0 || update.L2 > 0)
        {
            string l2 = update.L2 > 0 ? @" + \lambda_2 w" : "";
            string l1 = update.L1 > 0 ? @" + \lambda_1 \text{sign}(w)" : "";
            yield return (
                $@"g \leftarrow g{l2}{l1}",
                $"penalties of weights: λ₂ = {Text(update.L2)}, λ₁ = {Text(update.L1)}");
        }

        if (update.Clip.Value is { } limit)
            yield return (@"g \leftarrow \max(-c, \min(c, g))", $"clipped by value, c = {Text(limit)}");
        if (update.Clip.Norm is { } norm)
        {
            yield return (
                @"g \leftarrow g \min(1, c/(\Vert g\Vert + 10^{-6}))",
                $"clipped by norm, c = {Text(norm)}, ‖g‖ = {Short(update.GradientNorm.GetValueOrDefault())}, so the factor is "
                + Short(update.ClipFactor));
        }

        if (update.WeightDecay > 0)
            yield return (@"w \leftarrow (1 - \eta d) w", $"decay of weights before the rule, d = {Text(update.WeightDecay)}");
    }

    /// <summary>The name without parameters.</summary>
    public static string Word(Optimizer optimizer) => optimizer.Name.Split(':')[0];

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    static string Symbol(string optimizer, string name) => (optimizer, name) switch
    {
        (_, "momentum") => "μ",
        (_, "beta1") => "β₁",
        (_, "beta2") => "β₂",
        (_, "epsilon") => "ε",
        ("nadam", "decay") => "ψ",
        (_, "decay") => "ρ",
        _ => name,
    };
}

namespace Backprop;

/// <summary>The guess that needs no model: the class of the training rows that weighs most, or their weighted mean.</summary>
/// <param name="Class">The index of the class that weighs most, or null.</param>
/// <param name="Mean">The mean of the one target, or null.</param>
readonly record struct Baseline(int? Class, double? Mean)
{
    /// <summary>The guess from the true targets of the training rows.</summary>
    public static Baseline Of(Truth training, TargetDecoder target)
    {
        if (target is ClassTarget classes)
        {
            var totals = new Engine.CompensatedSum[classes.Classes.Length];
            for (int row = 0; row < training.Classes.Length; row++)
                totals[training.Classes[row]].Add(WeightOf(training, row));
            double[] weights = [.. totals.Select(total => total.Value)];
            return new Baseline(Array.IndexOf(weights, weights.Max()), null);
        }

        if (((NumberTarget)target).Columns.Length > 1)
            return default;

        Engine.CompensatedSum sum = default, weight = default;
        for (int row = 0; row < training.Numbers.Length; row++)
        {
            sum.Add(WeightOf(training, row) * training.Numbers[row]);
            weight.Add(WeightOf(training, row));
        }

        return new Baseline(null, sum.Value / weight.Value);
    }

    static double WeightOf(Truth truth, int row) => truth.Weights.Length == 0 ? 1 : truth.Weights[row];
}

namespace Backprop;

/// <summary>The guess that needs no model: the most frequent class of the training rows, or their mean.</summary>
/// <param name="Class">The index of the most frequent class, or null.</param>
/// <param name="Mean">The mean of the one target, or null.</param>
readonly record struct Baseline(int? Class, double? Mean)
{
    /// <summary>The guess from the true targets of the training rows.</summary>
    public static Baseline Of(Truth training, TargetDecoder target)
    {
        if (target is ClassTarget classes)
        {
            var counts = new int[classes.Classes.Length];
            foreach (int value in training.Classes)
                counts[value]++;
            return new Baseline(Array.IndexOf(counts, counts.Max()), null);
        }

        if (((NumberTarget)target).Columns.Length > 1)
            return default;

        Engine.CompensatedSum sum = default;
        foreach (double number in training.Numbers)
            sum.Add(number);
        return new Baseline(null, sum.Value / training.Numbers.Length);
    }
}

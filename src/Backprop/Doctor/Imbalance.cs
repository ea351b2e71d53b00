using System.Globalization;

namespace Backprop;

/// <summary>Finds classes of which one is so much more frequent than another that guessing it looks good.</summary>
static class Imbalance
{
    // Fewer rows are a class that is too rare to learn, see RareClasses.
    const int Few = 10;
    const double LeastRatio = 0.1, LeastShare = 0.5;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        if (plan.Task != TaskKind.Classify || plan.HasClassWeights)
            yield break;
        Column target = ClassColumn.Of(plan.Table, plan.Targets[0]);
        var codes = new int[plan.Training.Length];
        target.CopyCategories(plan.Training, codes);
        KeyValuePair<int, int>[] counts =
            [.. codes.CountBy(code => code).Where(pair => pair.Value >= Few).OrderBy(pair => pair.Value)
                .ThenBy(pair => pair.Key)];
        if (counts.Length < 2 || counts[0].Value >= counts[^1].Value * LeastRatio || counts[^1].Value < codes.Length * LeastShare)
            yield break;
        (string rare, string frequent) = (target.Categories[counts[0].Key], target.Categories[counts[^1].Key]);
        double share = counts[^1].Value / (double)codes.Length;
        yield return new DataWarning(
            DataWarningKind.Imbalance, target.Name, counts[0].Value / (double)counts[^1].Value,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The classes of '{target.Name}' are far from equally frequent: {counts[^1].Value} of {codes.Length} training "
                + $"rows are '{frequent}' and {counts[0].Value} are '{rare}', so always guessing '{frequent}' is right in "
                + $"{share:P0}; --class-weights balanced lets every class ")
            + "count the same, and --metric balancedAccuracy chooses by all of them.");
    }
}

using Backprop.Engine;

namespace Backprop;

/// <summary>Finds classes with too few training rows to learn from.</summary>
static class RareClasses
{
    const int Few = 10;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        if (plan.Task != TaskKind.Classify)
            yield break;
        Column target = DataPlanner.ClassColumn(plan.Table, plan.Targets[0]);
        var codes = new int[plan.Training.Length];
        target.CopyCategories(plan.Training, codes);
        var counts = new int[target.Categories.Count];
        foreach (int code in codes)
            counts[code]++;
        for (int code = 0; code < counts.Length; code++)
        {
            if (counts[code] >= Few)
                continue;
            yield return new DataWarning(
                DataWarningKind.RareClass, target.Name, counts[code],
                $"Class '{target.Categories[code]}' of '{target.Name}' has {counts[code]} of {Counted.Of(codes.Length, "training row")}, too few to learn "
                + "it; add rows or take the class out, or let it count more with --class-weights balanced.");
        }
    }
}

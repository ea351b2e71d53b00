using System.Globalization;
using Backprop.Engine;

namespace Backprop;

/// <summary>Finds classes with too few training rows to learn from.</summary>
static class RareClasses
{
    const int Few = 10, Listed = 3;

    public static IEnumerable<DataWarning> Find(DataPlan plan)
    {
        if (plan.Task != TaskKind.Classify)
            yield break;
        Column target = ClassColumn.Of(plan.Table, plan.Targets[0]);
        var codes = new int[plan.Training.Length];
        target.CopyCategories(plan.Training, codes);
        var counts = new int[target.Categories.Count];
        foreach (int code in codes)
            counts[code]++;
        int[] rare = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] < Few).OrderBy(code => counts[code])];
        if (rare.Length == 0)
            yield break;
        yield return new DataWarning(
            DataWarningKind.RareClass, target.Name, counts[rare[0]],
            $"{What(target, counts, rare, codes.Length)}; {Advice(plan, counts, rare)}.");
    }

    static string What(Column target, int[] counts, int[] rare, int rows)
    {
        string all = Counted.Of(rows, "training row");
        if (rare.Length == 1)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Class '{target.Categories[rare[0]]}' of '{target.Name}' has {counts[rare[0]]} of {all}, too few to learn it");
        string[] some = [.. rare.Take(Listed)
            .Select(code => string.Create(CultureInfo.InvariantCulture, $"'{target.Categories[code]}' with {counts[code]}"))];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rare.Length} of {counts.Length} classes of '{target.Name}' have fewer than {Few} training rows, such as ")
            + $"{string.Join(", ", some[..^1])} and {some[^1]} of {all}, too few to learn them";
    }

    static string Advice(DataPlan plan, int[] counts, int[] rare)
    {
        // Where no class has enough, there is none beside which others could count more.
        if (rare.Length == counts.Length)
            return "add rows";
        string classes = rare.Length == 1 ? "the class" : "the classes", them = rare.Length == 1 ? "it" : "them";
        bool canWeigh = !plan.HasClassWeights && counts.Max() >= 2 * counts[rare[0]];
        return canWeigh
            ? $"add rows or take {classes} out, or let {them} count more with --class-weights balanced"
            : $"add rows or take {classes} out";
    }
}

using System.Collections.Immutable;

namespace Backprop;

/// <summary>Looks at the data of a training before it begins.</summary>
static class DataDoctor
{
    /// <summary>All that was found, kind by kind, columns in their order.</summary>
    /// <param name="plan">The tables, and which of their rows and columns serve for what.</param>
    /// <param name="precision">The element type that is trained in.</param>
    public static ImmutableArray<DataWarning> Examine(DataPlan plan, Precision precision)
    {
        DataWarning[] leaks = [.. TargetLeaks.Find(plan)];
        return
        [
            .. leaks,
            .. JointLeaks.Find(plan, leaks.Select(leak => leak.Column).ToHashSet(StringComparer.Ordinal)),
            .. UselessColumns.Find(plan),
            .. DuplicateRows.Find(plan),
            .. NumbersAsText.Find(plan),
            .. Sentinels.Find(plan),
            .. SimilarLabels.Find(plan),
            .. RareClasses.Find(plan),
            .. Imbalance.Find(plan),
            .. Drift.Find(plan),
            .. precision == Precision.Single ? PrecisionLoss.Find(plan) : [],
        ];
    }
}

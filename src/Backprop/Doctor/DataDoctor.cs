using System.Collections.Immutable;

namespace Backprop;

/// <summary>Looks at the data of a training before it begins.</summary>
static class DataDoctor
{
    /// <summary>All that was found, kind by kind, columns in their order.</summary>
    /// <param name="plan">The tables, and which of their rows and columns serve for what.</param>
    /// <param name="precision">The element type that is trained in.</param>
    public static ImmutableArray<DataWarning> Examine(DataPlan plan, Precision precision) =>
    [
        .. TargetLeaks.Find(plan),
        .. UselessColumns.Find(plan),
        .. DuplicateRows.Find(plan),
        .. NumbersAsText.Find(plan),
        .. RareClasses.Find(plan),
        .. Drift.Find(plan),
        .. precision == Precision.Single ? PrecisionLoss.Find(plan) : [],
    ];
}

using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Learns from the data what the network's outputs mean.</summary>
static class TargetFit
{
    /// <summary>
    /// Classes are those of all rows, so that one that only the held-out rows have is known. Numbers are standardised by
    /// the training rows, unless the output is made for them as they are.
    /// </summary>
    /// <param name="plan">The data.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="loss">The loss, where that is known already.</param>
    public static TargetDecoder Of<T>(DataPlan plan, TrainOptions options, Loss? loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (plan.Task == TaskKind.Classify)
        {
            Column column = ClassColumn.Of(plan.Table, plan.Targets[0]);
            var codes = new int[column.Count];
            column.CopyCategories(0, codes);
            return ClassTarget.Fit(column.Name, codes, column.Categories);
        }

        string? output = options.OutputActivation ?? options.Recipe?.Network.Output
            ?? (options.StartFrom is { } start ? OutputText.Of(start.Network) : null);
        bool isLinear = output is null || output == Activation.Linear.Name;
        if (plan.Encode == EncodeKind.None || loss?.Kind == LossKind.Joint || !isLinear)
            return NumberTarget.Plain(plan.Targets);

        double[][] numbers = [.. plan.Targets.Select(name => ColumnNumbers.Of(plan.Table[name], plan.Training))];
        if (typeof(T) == typeof(float) && plan.Contract.StandardisesInDouble
            && numbers.Any(target => SinglePrecision.Loses(target)))
        {
            return NumberTarget.FitInDouble(plan.Targets, numbers);
        }

        NumberTarget[] fits = [.. plan.Targets.Zip(
            numbers,
            (name, target) => CellFault.In(plan.Table, () => NumberTarget.Fit<T>(name, target, plan.Training)))];
        return new NumberTarget(
            plan.Targets, [.. fits.SelectMany(fit => fit.Means)], [.. fits.SelectMany(fit => fit.Deviations)]);
    }

    /// <summary>The class that two-class metrics look for; null for numbers and more than two classes.</summary>
    /// <exception cref="BackpropException">The class that was asked for is none of two.</exception>
    public static string? Positive(TrainOptions options, TargetDecoder target)
    {
        string? asked = options.Positive ?? options.Recipe?.Data.Positive;
        if (target is not ClassTarget { Classes: var classes })
        {
            return asked is null ? null
                : throw new BackpropException("A positive class is for targets of two classes, not for numbers.");
        }

        if (asked is null)
            return classes.Length == 2 ? classes[1] : null;
        if (classes.Length != 2)
            throw new BackpropException($"A positive class is for targets of two classes; this one has {classes.Length}.");
        return classes.Contains(asked, StringComparer.Ordinal) ? asked
            : throw new BackpropException($"There is no class '{asked}'; the classes are {string.Join(" and ", classes)}.");
    }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>A target in a <see cref="ModelSchema"/>: classes, or the constants that turn numbers back.</summary>
/// <param name="Columns">The target's columns.</param>
/// <param name="Classes">The classes in the order of the outputs; null where the targets are numbers.</param>
/// <param name="Means">The mean of each column; null where the target is classes.</param>
/// <param name="Deviations">The deviation of each column; null where the target is classes.</param>
/// <param name="InDouble">Whether they are turned back in double; said only where they are.</param>
sealed record TargetSchema(
    ImmutableArray<string> Columns,
    ImmutableArray<string>? Classes,
    ImmutableArray<double>? Means,
    ImmutableArray<double>? Deviations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool InDouble = false)
{
    public static TargetSchema? Of(TargetDecoder? target) => target switch
    {
        ClassTarget classes => new([classes.Column], classes.Classes, null, null),
        NumberTarget numbers => new(numbers.Columns, null, numbers.Means, numbers.Deviations, numbers.InDouble),
        null => null,
        _ => throw new NotSupportedException($"{target} has no description."),
    };

    /// <summary>The target.</summary>
    /// <exception cref="BackpropException">It means nothing.</exception>
    public TargetDecoder ToTarget()
    {
        if (Columns.Any(string.IsNullOrEmpty) || (Classes is { } names && names.Any(name => name is null)))
            throw new BackpropException("A target column or a class has no name.");

        return this switch
        {
            { Columns: [string column], Classes: { } classes, Means: null, Deviations: null } => new ClassTarget(column, classes),
            { Classes: null, Means: { } means, Deviations: { } deviations } => new NumberTarget(
                Columns, means, deviations, InDouble),
            _ => throw new BackpropException("The target is neither classes nor numbers."),
        };
    }
}

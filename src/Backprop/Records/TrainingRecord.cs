using System.Collections.Immutable;
using System.Text.Json;

namespace Backprop;

/// <summary>What a model says of how it came about, so that its training can be repeated and compared.</summary>
sealed record TrainingRecord
{
    /// <summary>The data.</summary>
    public required InputHashes Inputs { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Whether somebody ended it before its time.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>The parameters after steps 1, 2, 4, 8 and so on.</summary>
    public required ImmutableArray<StepHash> Trail { get; init; }

    /// <summary>What the model measured on the validation rows, by name; null without them.</summary>
    public required ImmutableSortedDictionary<string, double?>? Validation { get; init; }

    /// <summary>What it measured on the test rows, by name; null without them.</summary>
    public required ImmutableSortedDictionary<string, double?>? Test { get; init; }

    /// <summary>The metrics of an evaluation by name, those that the numeric version records; null for none.</summary>
    public static ImmutableSortedDictionary<string, double?>? Metrics(
        IEnumerable<KeyValuePair<string, double?>>? measured, NumericContract contract) =>
        measured?.Where(metric => contract.Records(metric.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The record as JSON.</summary>
    public string ToJson() => RecordText.Of(this);

    /// <summary>Reads a record.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call what it is from.</param>
    /// <exception cref="BackpropException">The text is none.</exception>
    public static TrainingRecord FromJson(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecordJson.Default.TrainingRecord)
                ?? throw new JsonException();
        }
        catch (JsonException error)
        {
            throw new BackpropException($"{source} says nothing readable of its training; it was changed or is damaged.", error);
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Engine;

namespace Backprop;

/// <summary>A layer in the description of a model: what its kind has is said, the rest is null.</summary>
/// <param name="Activations">Neurons side by side that share an activation, in order.</param>
/// <param name="Bias">Whether the neurons have biases.</param>
/// <param name="Kind">What layer it is; null for a dense one.</param>
/// <param name="Tables">The tables of embeddings.</param>
sealed record LayerSchema(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<ActivationSchema>? Activations = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Bias = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<EmbedTable>? Tables = null)
{
    /// <summary>
    /// The numbers of its kind by their keys, such as <c>"momentum": 0.1</c>; null where there are none. A reader checks them.
    /// </summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Numbers { get; set; }

    /// <summary>Whether every number is one, or null, of a key that some kind has.</summary>
    /// <param name="isKnown">Whether some kind has a key.</param>
    public bool HasOnlyNumbers(Func<string, bool> isKnown) => Numbers is null || Numbers.All(
        pair => pair.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Null && isKnown(pair.Key));

    /// <summary>A layer that its numbers say.</summary>
    public static LayerSchema Of(string kind, params IEnumerable<(string Key, double Number)> numbers)
    {
        var said = numbers.ToDictionary(
            pair => pair.Key, pair => JsonElement.Parse(ShortNumber.Text(pair.Number)), StringComparer.Ordinal);
        return new LayerSchema(Kind: kind) { Numbers = said.Count == 0 ? null : said };
    }

    /// <summary>One of the numbers.</summary>
    /// <exception cref="BackpropException">It is not said.</exception>
    public double Number(string key) => Said<double>(
        Numbers?.GetValueOrDefault(key) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null, key);

    /// <summary>What must be said.</summary>
    /// <exception cref="BackpropException">It is not.</exception>
    public static V Said<V>(V? value, string what)
        where V : struct => value ?? throw new BackpropException($"A layer does not say its {what}.");
}

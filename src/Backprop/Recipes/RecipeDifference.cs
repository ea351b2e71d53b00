using System.Text.Json.Nodes;

namespace Backprop;

/// <summary>Finds where two recipes differ first.</summary>
static class RecipeDifference
{
    /// <summary>
    /// The field and its two values, as <c>training.epochs is 20 there and 30 here</c>; null where they are equal.
    /// </summary>
    public static string? Of(Recipe there, Recipe here) =>
        Of(JsonNode.Parse(there.ToJson()), JsonNode.Parse(here.ToJson()), "");

    static string? Of(JsonNode? there, JsonNode? here, string path)
    {
        if (JsonNode.DeepEquals(there, here))
            return null;
        if (there is not JsonObject fields || here is not JsonObject others)
            return $"{path} is {Text(there)} there and {Text(here)} here";
        foreach (string name in fields.Select(field => field.Key)
            .Union(others.Select(field => field.Key), StringComparer.Ordinal))
        {
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            if (!fields.TryGetPropertyValue(name, out JsonNode? value))
                return $"{inner} is {Text(others[name])} here and not there";
            if (!others.TryGetPropertyValue(name, out JsonNode? other))
                return $"{inner} is {Text(value)} there and not here";
            if (Of(value, other, inner) is { } found)
                return found;
        }

        return null;
    }

    static string Text(JsonNode? value)
    {
        const int Longest = 60;
        string text = value?.ToJsonString() ?? "null";
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}

using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary>Predictions as JSON.</summary>
static class PredictionsJson
{
    public static JsonObject Of(Predictions predictions, Table table, IReadOnlyList<string> keep) => new()
    {
        ["rows"] = predictions.Count,
        ["predictions"] = new JsonArray(
            [.. Enumerable.Range(0, predictions.Count).Select(row => (JsonNode)Row(predictions, row, table, keep))]),
    };

    static JsonObject Row(Predictions predictions, int row, Table table, IReadOnlyList<string> keep)
    {
        var json = new JsonObject();
        foreach (string column in keep)
            json[column] = table[column].Text(row);
        if (predictions.Classes.IsEmpty)
        {
            for (int k = 0; k < predictions.Targets.Length; k++)
                json[predictions.Targets[k]] = predictions.Number(row, k);
            return json;
        }

        json[predictions.Targets[0]] = predictions.Label(row);
        json["probabilities"] = new JsonObject(predictions.Classes.Select(label =>
            KeyValuePair.Create(label, (JsonNode?)JsonValue.Create(predictions.Probability(row, label)))));
        return json;
    }
}

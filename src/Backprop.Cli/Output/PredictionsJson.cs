using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary>Predictions as JSON.</summary>
static class PredictionsJson
{
    public static JsonObject Of(Predictions predictions, Table table, IReadOnlyList<string> keep) => new()
    {
        ["rows"] = predictions.Count,
        ["unseen"] = UnseenReport.Json(predictions.Unseen),
        ["predictions"] = Rows(predictions, table, KeptNames.Of(keep, Names(predictions))),
    };

    /// <summary>The names of what is predicted.</summary>
    public static IEnumerable<string> Names(Predictions predictions) =>
        predictions.Classes.IsEmpty ? predictions.Targets : predictions.Targets.Append("probabilities");

    static JsonArray Rows(Predictions predictions, Table table, IReadOnlyList<KeyValuePair<string, string>> keep) =>
        [.. Enumerable.Range(0, predictions.Count).Select(row => (JsonNode)Row(predictions, row, table, keep))];

    static JsonObject Row(Predictions predictions, int row, Table table, IReadOnlyList<KeyValuePair<string, string>> keep)
    {
        var json = new JsonObject();
        foreach ((string column, string name) in keep)
            json[name] = table[column].Text(row);
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

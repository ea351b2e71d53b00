using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary>Metrics as JSON.</summary>
static class MetricsJson
{
    /// <summary>Adds an evaluation's rows and metrics to an object.</summary>
    public static JsonObject AddTo(JsonObject json, Evaluation evaluation)
    {
        json["rows"] = evaluation.Rows;
        json["weightedBy"] = evaluation.WeightedBy;
        if (evaluation.WeightedBy is not null)
            json["zeroWeightRows"] = evaluation.ZeroWeightRows;
        foreach ((string name, double? value) in evaluation.Values)
            json[name] = Number(value);

        if (evaluation.Classes is { } classes)
        {
            if (classes.PositiveClass is { } positive)
                json["positive"] = positive;
            json["baselineAccuracy"] = Number(classes.BaselineAccuracy);
            json["perClass"] = new JsonArray([.. classes.PerClass.Select(scores => (JsonNode)new JsonObject
            {
                ["class"] = scores.Name,
                ["precision"] = scores.Precision,
                ["recall"] = scores.Recall,
                ["f1"] = scores.F1,
                ["support"] = scores.Support,
            })]);
            json["confusion"] = new JsonArray([.. classes.Confusion.Select(row =>
                (JsonNode)new JsonArray([.. row.Select(count => (JsonNode)JsonValue.Create(count))]))]);
        }
        else
        {
            json["baselineRmse"] = Number(evaluation.Numbers!.BaselineRmse);
            if (evaluation.PerTarget.Length > 0)
                json["perTarget"] = PerTarget(evaluation);
        }

        return json;
    }

    static JsonArray PerTarget(Evaluation evaluation) =>
        [.. evaluation.PerTarget.Select(target => (JsonNode)Target(target.Key, target.Value))];

    static JsonObject Target(string name, RegressionMetrics metrics)
    {
        var json = new JsonObject { ["target"] = name };
        foreach ((string metric, double? value) in metrics.Values)
            json[metric] = Number(value);
        return json;
    }

    /// <summary>A number, or null where it is missing or not finite, which JSON cannot say.</summary>
    public static JsonNode? Number(double? value) =>
        value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}

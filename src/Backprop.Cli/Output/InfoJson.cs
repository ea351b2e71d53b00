using System.Globalization;
using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary>A model's card as JSON.</summary>
static class InfoJson
{
    public static JsonObject Of(Model model, OnnxFile file) => new()
    {
        ["model"] = file.Name,
        ["task"] = model.Recipe.Data.Task == TaskKind.Classify ? "classify" : "regress",
        ["target"] = Texts(model.Recipe.Data.Target),
        ["classes"] = Texts(model.Classes),
        ["columns"] = Texts(model.Columns),
        ["features"] = Texts(model.Features),
        ["inputs"] = new JsonArray([.. model.Core.Encoder.Columns.Zip(file.Inputs, (column, input) =>
            (JsonNode)Column(ColumnCard.Of(column, model.Recipe.Data.Columns), input))]),
        ["outputs"] = new JsonArray([.. file.Outputs.Select(output => (JsonNode)Value(output))]),
        ["network"] = model.Network.ToString(),
        ["parameters"] = model.Network.ParameterCount,
        ["parameterHash"] = model.ParameterHash,
        ["modelHash"] = model.ModelHash,
        ["numericVersion"] = model.NumericVersion,
        ["training"] = model.HasTraining ? JsonNode.Parse(model.Training.ToJson()) : null,
        ["recipe"] = JsonNode.Parse(model.Recipe.ToJson()),
    };

    static JsonObject Column(ColumnCard card, in OnnxValue input)
    {
        JsonObject json = Value(input);
        json["column"] = card.Name;
        json["kind"] = EnumWords<ColumnKind>.Of(card.Kind);
        if (card.Values.Length > 0 && card.NoCount == 0)
            json["categories"] = Texts(card.Values);
        if (card.NoCount > 0)
        {
            json["no"] = Texts(card.Values[..card.NoCount]);
            json["yes"] = Texts(card.Values[card.NoCount..]);
        }

        json["mean"] = MetricsJson.Number(card.Mean);
        json["deviation"] = MetricsJson.Number(card.Deviation);
        json["missing"] = card.Fill is { } fill ? MetricsJson.Number(fill) : null;
        json["tellsMissing"] = card.TellsMissing;
        json["features"] = card.Features;
        return json;
    }

    static JsonObject Value(in OnnxValue value) => new()
    {
        ["name"] = value.Name,
        ["type"] = value.Type,
        ["shape"] = new JsonArray([.. value.Shape.Select(
            size => (JsonNode)(int.TryParse(size, CultureInfo.InvariantCulture, out int count) ? count : size))]),
    };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}

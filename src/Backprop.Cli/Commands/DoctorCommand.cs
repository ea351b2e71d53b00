using System.CommandLine;
using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary><c>backprop doctor DATA --target COLUMN</c>.</summary>
static class DoctorCommand
{
    public static Command Create()
    {
        var inputs = new TrainInputs();
        Option<bool> json = JsonFlag.Create();
        var command = new Command(
            "doctor",
            "Looks at data as train would, and warns of what would go wrong: columns that give the target away, rows there "
            + "twice, numbers written as texts and more. Exit code 1 where there is something to look at.");
        inputs.AddDataTo(command);
        inputs.AddRecipeTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            (Table table, IReadOnlyList<string> targets, TrainOptions options) = inputs.Read(parsed, null);
            IReadOnlyList<DataWarning> warnings = Model.Examine(table, targets, options);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(Json(table, warnings).ToJsonString());
            else if (warnings.Count == 0)
                Results.Line($"Nothing to warn of in {table.Source}.");
            foreach (DataWarning warning in parsed.GetValue(json) ? [] : warnings)
                Results.Line(warning.Sentence);
            return warnings.Count == 0 ? ExitCode.Done : ExitCode.Differs;
        });
        return command;
    }

    static JsonObject Json(Table table, IReadOnlyList<DataWarning> warnings) => new()
    {
        ["data"] = table.Source,
        ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)new JsonObject
        {
            ["kind"] = char.ToLowerInvariant(warning.Kind.ToString()[0]) + warning.Kind.ToString()[1..],
            ["column"] = warning.Column.Length > 0 ? warning.Column : null,
            ["number"] = MetricsJson.Number(warning.Number),
            ["sentence"] = warning.Sentence,
        })]),
    };
}

using System.CommandLine;
using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary><c>backprop evaluate MODEL DATA</c>.</summary>
static class EvaluateCommand
{
    public static Command Create()
    {
        Argument<string> modelPath = ModelArgument.Create();
        var data = new DataOptions();
        Option<string?> missingTarget = TrainFlags.CreateMissingTarget();
        missingTarget.Description = "Whether rows without a target are left out, and counted. Default: as in training.";
        Option<bool> strict = StrictFlag.Create(), json = JsonFlag.Create();
        var command = new Command(
            "evaluate",
            "Measures a model on rows whose target is known.");
        command.Add(modelPath);
        data.AddTo(command);
        command.Add(missingTarget);
        command.Add(strict);
        command.Add(json);
        command.SetAction(parsed =>
        {
            Model model = StrictFlag.Applied(parsed.GetValue(strict), Model.Load(parsed.GetRequiredValue(modelPath)));
            Table table = data.Read(
                parsed, data.Path(parsed)!, model.Recipe.Data, csv => model.ToCsvOptions(csv, withTarget: true));
            var notes = new List<string>();
            Evaluation evaluation = model.Evaluate(table, TrainFlags.MissingTarget(parsed, missingTarget), notes);
            notes.ForEach(Messages.Line);
            UnseenReport.Print(evaluation.Unseen);
            if (model.Recipe.Data.RowWeights is { } weights)
                SayWeights(table, evaluation, weights);
            if (evaluation.IsOfTrainingTable)
            {
                Messages.Warning(
                    $"Warning: {table.Source} is what the model was trained on, so it looks better here than on new rows; hold "
                    + "rows out with train's --test 0.2, or measure on others.");
            }

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(Json(evaluation).ToJsonString());
            }
            else
            {
                EvaluationText.PrintScore(table.Source, evaluation);
                ConfusionText.Print("measured", evaluation, model.Classes);
            }

            return ExitCode.Done;
        });
        return command;
    }

    static void SayWeights(Table table, Evaluation evaluation, string column)
    {
        if (evaluation.WeightedBy is null)
            Messages.Line($"{table.Source} has no column '{column}' of row weights, so each row counts once.");
        else if (evaluation.ZeroWeightRows is var rows and > 0)
            Messages.Line(CountedRows.Sentence(rows, column));
    }

    static JsonObject Json(Evaluation evaluation)
    {
        JsonObject json = MetricsJson.AddTo(new JsonObject { ["isTrainingData"] = evaluation.IsOfTrainingTable }, evaluation);
        json["unseen"] = UnseenReport.Json(evaluation.Unseen);
        return json;
    }
}

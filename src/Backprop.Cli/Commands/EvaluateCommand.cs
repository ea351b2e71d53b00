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
        Option<bool> strict = StrictFlag.Create(), json = JsonFlag.Create();
        var command = new Command(
            "evaluate",
            "Measures a model on rows whose target is known.");
        command.Add(modelPath);
        data.AddTo(command);
        command.Add(strict);
        command.Add(json);
        command.SetAction(parsed =>
        {
            bool isStrict = parsed.GetValue(strict);
            Model model = Model.Load(parsed.GetRequiredValue(modelPath));
            string path = data.Path(parsed)!;
            Table table = data.Read(
                parsed, path, model.Recipe.Data, csv => ModelArgument.Adjust(model, csv, withTarget: true, [], takesStrays: !isStrict));
            Evaluation evaluation = (isStrict ? model.AsStrict() : model).Evaluate(table);
            UnseenReport.Print(evaluation.Unseen);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(Json(evaluation).ToJsonString());
            }
            else
            {
                EvaluationText.PrintScore(table.Source, evaluation);
                EvaluationText.PrintConfusion("measured", evaluation, model.Classes);
            }

            return ExitCode.Done;
        });
        return command;
    }

    static JsonObject Json(Evaluation evaluation)
    {
        JsonObject json = MetricsJson.AddTo([], evaluation);
        json["unseen"] = UnseenReport.Json(evaluation.Unseen);
        return json;
    }
}

using System.CommandLine;

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
        Option<bool> json = JsonFlag.Create();
        var command = new Command(
            "evaluate",
            "Measures a model on rows whose target is known.");
        command.Add(modelPath);
        data.AddTo(command);
        command.Add(missingTarget);
        command.Add(json);
        command.SetAction(parsed =>
        {
            Model model = Model.Load(parsed.GetRequiredValue(modelPath));
            string path = data.Path(parsed)!;
            Table table = data.Read(
                parsed, path, model.Recipe.Data, csv => ModelArgument.Adjust(model, csv, withTarget: true, []));
            var notes = new List<string>();
            table = KnownRows.Of(
                table,
                model.Recipe.Data.Target,
                TrainFlags.MissingTarget(parsed, missingTarget) ?? model.Recipe.Data.MissingTarget,
                notes);
            notes.ForEach(Messages.Line);
            Evaluation evaluation = model.Evaluate(table);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(MetricsJson.AddTo([], evaluation).ToJsonString());
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
}

using System.CommandLine;

namespace Backprop.Cli;

/// <summary><c>backprop predict MODEL DATA</c>.</summary>
static class PredictCommand
{
    public static Command Create()
    {
        Argument<string> modelPath = ModelArgument.Create();
        var data = new DataOptions();
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Where the CSV goes. Default: standard output.",
            HelpName = "FILE",
        };
        var keep = new Option<string[]>("--keep")
        {
            Description = "Columns of DATA to put in front. Default: none.",
            HelpName = "COLUMN,…",
        };
        Option<bool> strict = StrictFlag.Create(), json = JsonFlag.Create();
        var command = new Command(
            "predict",
            "Writes a model's predictions as CSV: the prediction and, for classes, the probability of each.");
        command.Add(modelPath);
        data.AddTo(command);
        command.Add(output);
        command.Add(keep);
        command.Add(strict);
        command.Add(json);
        command.SetAction(parsed =>
        {
            string path = data.Path(parsed)!;
            string? file = parsed.GetValue(output);
            OutputPlace.ThrowIfSame(("--out", file), ("MODEL", parsed.GetRequiredValue(modelPath)), ("DATA", path));
            if (file is not null)
                AtomicFile.CheckWritable(file);
            Model model = StrictFlag.Applied(parsed.GetValue(strict), Model.Load(parsed.GetRequiredValue(modelPath)));
            Table table = data.Read(
                parsed, path, model.Recipe.Data,
                (csv, columns) => model.ToCsvOptions(
                    csv with { MayBeEmpty = true, KeepText = ColumnNames.Parse(parsed.GetValue(keep), columns) }),
                needsTarget: false);
            string[] kept = ColumnNames.Parse(parsed.GetValue(keep), [.. table.Columns.Select(column => column.Name)]);
            Predictions predictions = model.Predict(table);
            UnseenReport.Print(predictions.Unseen);
            SayRenamed(kept, parsed.GetValue(json) ? PredictionsJson.Names(predictions) : PredictionsCsv.Header(predictions));
            if (file is not null)
                predictions.Save(file, table, kept);
            else if (!parsed.GetValue(json))
                predictions.Write(Console.Out, table, kept);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(PredictionsJson.Of(predictions, table, kept).ToJsonString());
            return ExitCode.Done;
        });
        return command;
    }

    static void SayRenamed(string[] kept, IEnumerable<string> predicted)
    {
        foreach ((string column, string name) in KeptNames.Of(kept, predicted).Where(kept => kept.Key != kept.Value))
            Messages.Line($"The kept column '{column}' is written as '{name}', since the prediction has its name.");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>What <c>train</c> says when it is done.</summary>
static class TrainReport
{
    public static string Json(TrainedModel trained, string path) => new JsonObject
    {
        ["rows"] = trained.Rows,
        ["trainingRows"] = trained.TrainingRows,
        ["features"] = trained.Features,
        ["task"] = trained.Model.Recipe.Data.Task == TaskKind.Classify ? "classify" : "regress",
        ["epochs"] = trained.Epochs,
        ["bestEpoch"] = trained.BestEpoch,
        ["steps"] = trained.Steps,
        ["stopped"] = trained.Stopped switch
        {
            StopReason.Completed => "completed",
            StopReason.NoImprovement => "noImprovement",
            _ => "interrupted",
        },
        ["trainLoss"] = MetricsJson.Number(trained.TrainLoss),
        ["validation"] = trained.Validation is { } validation ? MetricsJson.AddTo([], validation) : null,
        ["test"] = trained.Test is { } test ? MetricsJson.AddTo([], test) : null,
        ["parameters"] = trained.Model.Network.ParameterCount,
        ["parameterHash"] = trained.Model.ParameterHash,
        ["modelHash"] = trained.Model.ModelHash,
        ["seconds"] = trained.Elapsed.TotalSeconds,
        ["rowsPerSecond"] = MetricsJson.Number(trained.RowsPerSecond),
        ["model"] = path,
    }.ToJsonString();

    public static void Print(TrainedModel trained, Table table, string path)
    {
        foreach (string note in trained.Notes)
            Messages.Line(note);

        Model model = trained.Model;
        Messages.Line(
            $"Read {table.Source}: {Count(trained.Rows)} rows, of which {Count(trained.TrainingRows)} to train on; "
            + $"{model.Columns.Count} columns as {Count(trained.Features)} features ({Kinds(model)}).");
        Messages.Line($"Network: {model.Network}, {Count(model.Network.ParameterCount)} parameters.");
        Messages.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Trained {Epochs(trained)} in {trained.Elapsed.TotalSeconds:F1} s, {trained.RowsPerSecond:N0} rows/s; {Reason(trained)}"));

        if (trained.Validation is { } validation)
            EvaluationText.PrintScore("Validation, used for stopping", validation);
        if (trained.Test is { } test)
            EvaluationText.PrintScore("Test, not used for choosing", test);
        if (trained.Validation is null && trained.Test is null)
            Console.Out.WriteLine($"Training loss {EvaluationText.Short(trained.TrainLoss)}; no rows were held out to measure on.");
        if ((trained.Test ?? trained.Validation) is { } measured)
            EvaluationText.PrintConfusion(measured, model.Classes);
        Console.Out.WriteLine($"Parameter hash {model.ParameterHash}");
        Console.Out.WriteLine($"Model hash     {model.ModelHash}");
        Console.Out.WriteLine(trained.Stopped == StopReason.Cancelled
            ? $"Interrupted: the best model so far, of epoch {trained.BestEpoch}, is in {path}."
            : $"Model: {path}");
    }

    static string Kinds(Model model) => string.Join(", ", model.Recipe.Data.Columns.Values
        .GroupBy(kind => kind).OrderBy(group => group.Key)
        .Select(group => $"{group.Count()} {group.Key switch
        {
            ColumnKind.Number => "of numbers",
            ColumnKind.Category => "of categories",
            _ => "of yes/no",
        }}"));

    static string Epochs(TrainedModel trained) => $"{trained.Epochs} {(trained.Epochs == 1 ? "epoch" : "epochs")}";

    static string Reason(TrainedModel trained)
    {
        string metric = trained.Model.Recipe.Training.Metric;
        return trained.Stopped switch
        {
            StopReason.NoImprovement =>
                $"the {metric} on the validation rows was best in epoch {trained.BestEpoch}, which the model is of.",
            StopReason.Cancelled => "then it was interrupted.",
            _ when trained.Validation is not null => $"the model is of epoch {trained.BestEpoch}, best by validation {metric}.",
            _ => "all epochs are done.",
        };
    }

    static string Count(long value) => EvaluationText.Count(value);
}

using System.Text.Json.Nodes;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>What <c>train</c> says when it begins and when it is done.</summary>
static class TrainReport
{
    public static string Json(TrainedModel trained, string path) => new JsonObject
    {
        ["rows"] = trained.Rows,
        ["trainingRows"] = trained.TrainingRows,
        ["zeroWeightRows"] = trained.ZeroWeightRows,
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
        ["warnings"] = new JsonArray([.. trained.Warnings.Select(warning => (JsonNode)warning.Sentence)]),
        ["parameters"] = trained.Model.Network.ParameterCount,
        ["parameterHash"] = trained.Model.ParameterHash,
        ["modelHash"] = trained.Model.ModelHash,
        ["seconds"] = trained.Elapsed.TotalSeconds,
        ["rowsPerSecond"] = MetricsJson.Number(trained.RowsPerSecond),
        ["model"] = path,
    }.ToJsonString();

    /// <summary>What was read and how it is encoded.</summary>
    public static void PrintStart(TrainingStart start, string source)
    {
        foreach (string note in start.Notes)
            Messages.Line(note);
        string trainedOn = (start.TrainingRows == start.Rows ? "all" : $"of which {Count(start.TrainingRows)}") + " to train on";
        Messages.Line(
            $"Read {source}: {Counted.Of(start.Rows, "row")}, {trainedOn}; "
            + $"{Counted.Of(start.Columns.Count, "column")} ({Kinds(start)}) as {InputsText.Of(start.Network)}.");
        Messages.Line($"Network: {start.Network}, {Counted.Of(start.Network.ParameterCount, "parameter")}.");
        foreach (DataWarning warning in start.Warnings)
            Messages.Warning($"Warning: {warning.Sentence}");
        if (start.Step > 0)
            Messages.Line($"Going on after step {Count(start.Step)}.");
    }

    /// <summary>How it went: for people on stderr, the results on stdout.</summary>
    public static void Print(TrainedModel trained, string path)
    {
        Model model = trained.Model;
        string rate = ProgressText.Rate(trained.RowsPerSecond);
        Messages.Line($"Trained {Counted.Of(trained.Epochs, "epoch")} in {ProgressText.Duration(trained.Elapsed.TotalSeconds)}"
            + $"{(rate.Length > 0 ? ", " : "")}{rate}; {Reason(trained)}");

        if (trained.Validation is { } validation)
            EvaluationText.PrintScore("Validation, used for stopping", validation);
        if (trained.Test is { } test)
            EvaluationText.PrintScore("Test, not used for choosing", test);
        if (trained.Validation is null && trained.Test is null)
        {
            Results.Line($"{TrainingLoss(trained)}; no rows were held out to measure on.");
        }

        if ((trained.Test ?? trained.Validation) is { } measured)
            ConfusionText.Print(trained.Test is null ? "validation" : "test", measured, model.Classes);
        foreach (DataWarning warning in trained.Warnings)
            Messages.Warning($"Warning: {warning.Sentence}");
        Console.Out.WriteLine($"Parameter hash {model.ParameterHash}");
        Console.Out.WriteLine($"Model hash     {model.ModelHash}");
        Results.Line($"Model: {path}");
    }

    /// <summary>What is in the files after Ctrl-C.</summary>
    public static string Interrupted(TrainedModel trained, string path, string? checkpoint)
    {
        string saved = (trained.Validation, trained.Epochs) switch
        {
            (_, 0) => $" in the first epoch: what was learnt by then, after {Counted.Of(trained.Steps, "step")}, is in {path}.",
            (null, _) => $": what was learnt by then, after {Counted.Of(trained.Steps, "step")}, is in {path}.",
            _ => $": the best model so far, of epoch {trained.BestEpoch}, is in {path}.",
        };
        return "Interrupted" + saved + (checkpoint is null ? "" : $" To go on: the same command with --resume {checkpoint}.");
    }

    static string Kinds(TrainingStart start) => string.Join(", ", start.Columns
        .Select(name => start.Recipe.Data.Columns.TryGetValue(name, out ColumnKind kind) ? kind : ColumnKind.Number)
        .GroupBy(kind => kind).OrderBy(group => group.Key)
        .Select(group => $"{group.Count()} {group.Key switch
        {
            ColumnKind.Number => "of numbers",
            ColumnKind.Category => "of categories",
            _ => "of yes/no",
        }}"));

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

    /// <summary>In the unit of the target too, where the loss is of its squares.</summary>
    static string TrainingLoss(TrainedModel trained)
    {
        Model model = trained.Model;
        double rmse = LossUnits.Rmse(model.Core.Target, Loss.Parse(model.Recipe.Training.Loss), trained.TrainLoss);
        string loss = $"Training loss {EvaluationText.Short(trained.TrainLoss)} (mean per row)";
        return double.IsNaN(rmse) ? loss : $"{loss}, RMSE {EvaluationText.Short(rmse)}";
    }

    static string Count(long value) => EvaluationText.Count(value);
}

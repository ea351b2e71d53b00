using System.CommandLine;
using System.Text.Json.Nodes;

namespace Backprop.Cli;

/// <summary><c>backprop info MODEL</c>.</summary>
static class InfoCommand
{
    public static Command Create()
    {
        Argument<string> modelPath = ModelArgument.Create();
        Option<bool> json = JsonFlag.Create();
        var command = new Command(
            "info",
            "Shows what a model is: its columns, network, recipe and hashes. A model file holds the names of its columns and the "
            + "values of its categories.");
        command.Add(modelPath);
        command.Add(json);
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(modelPath);
            Model model = Model.Load(path);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(Json(model, path).ToJsonString());
            else
                Print(model, path);
            return ExitCode.Done;
        });
        return command;
    }

    static JsonObject Json(Model model, string path) => new()
    {
        ["model"] = path,
        ["task"] = model.Recipe.Data.Task == TaskKind.Classify ? "classify" : "regress",
        ["target"] = new JsonArray([.. model.Recipe.Data.Target.Select(name => (JsonNode)name)]),
        ["classes"] = new JsonArray([.. model.Classes.Select(name => (JsonNode)name)]),
        ["columns"] = new JsonArray([.. model.Columns.Select(name => (JsonNode)name)]),
        ["inputs"] = new JsonArray([.. model.OnnxInputs.Select(input => (JsonNode)new JsonObject
        {
            ["name"] = input.Name,
            ["column"] = input.Column,
            ["type"] = input.TakesText ? "string" : model.Recipe.Precision == Precision.Double ? "double" : "float",
        })]),
        ["features"] = new JsonArray([.. model.Features.Select(name => (JsonNode)name)]),
        ["network"] = model.Network.ToString(),
        ["parameters"] = model.Network.ParameterCount,
        ["parameterHash"] = model.ParameterHash,
        ["modelHash"] = model.ModelHash,
        ["numericVersion"] = model.NumericVersion,
        ["training"] = JsonNode.Parse(model.Training.ToJson()),
        ["recipe"] = JsonNode.Parse(model.Recipe.ToJson()),
    };

    static void Print(Model model, string path)
    {
        Console.Out.WriteLine($"{path}: {(model.Recipe.Data.Task == TaskKind.Classify ? "classes" : "numbers")} of "
            + $"{string.Join(", ", model.Recipe.Data.Target)}");
        if (!model.Classes.IsEmpty)
            Console.Out.WriteLine($"Classes: {string.Join(", ", model.Classes)}");
        Console.Out.WriteLine($"Columns: {string.Join(", ", model.Columns)}");
        foreach (string sentence in OnnxNames.Sentences(model))
            Console.Out.WriteLine(sentence);
        Console.Out.WriteLine($"Features ({model.Features.Count}): {string.Join(", ", model.Features)}");
        Console.Out.WriteLine($"Network: {model.Network}, {EvaluationText.Count(model.Network.ParameterCount)} parameters, "
            + $"{model.Recipe.Precision.ToString().ToLowerInvariant()} precision");
        Console.Out.WriteLine($"Parameter hash {model.ParameterHash}");
        Console.Out.WriteLine($"Model hash     {model.ModelHash}");
        TrainingRecord training = model.Training;
        Console.Out.WriteLine(
            $"Trained {EvaluationText.Count(training.Steps)} steps{(training.Interrupted ? ", then interrupted," : "")} on a table of "
            + $"{EvaluationText.Count(training.Inputs.Training.Rows)} rows, numeric version {model.NumericVersion}");
        Console.Out.WriteLine("The file holds the names of these columns and the values of their categories.");
        Console.Out.WriteLine("Recipe:");
        Console.Out.Write(model.Recipe.ToJson());
    }
}

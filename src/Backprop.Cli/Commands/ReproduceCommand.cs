using System.CommandLine;
using System.Text.Json.Nodes;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary><c>backprop reproduce MODEL DATA</c>.</summary>
sealed class ReproduceCommand
{
    readonly Argument<string> _model = ModelArgument.Create();
    readonly TrainInputs _inputs = new();
    readonly Option<string?> _steps = new("--steps")
    {
        Description = "Train only the first N steps again, and compare with the hashes that the model carries. Default: all.",
        HelpName = "N",
    };

    readonly Option<string?> _threads = new("--threads")
    {
        Description = "The number of threads at most: steps are taken by one where that is faster. "
            + "Default: as many as the work pays for.",
        HelpName = "N",
    };

    readonly Option<bool> _verbose = VerboseFlag.Create();
    readonly Option<bool> _json = JsonFlag.Create();

    ReproduceCommand()
    {
    }

    public static Command Create()
    {
        var reproduce = new ReproduceCommand();
        var command = new Command(
            "reproduce",
            "Trains a model again from the recipe that it carries, on the data that you give with train's flags, and says "
            + "whether every bit is the same. Exit code 1 where something differs.");
        command.Add(reproduce._model);
        reproduce._inputs.AddDataTo(command);
        command.Add(reproduce._steps);
        reproduce._inputs.AddRecipeTo(command);
        command.Add(reproduce._threads);
        command.Add(reproduce._verbose);
        command.Add(reproduce._json);
        command.SetAction(reproduce.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_model);
        int? steps = Numbers.Whole(parsed, _steps, 1);
        int threads = Numbers.Whole(parsed, _threads, 0, 1024) ?? 0;
        Model model;
        try
        {
            model = Model.FromFileAsItIs(OnnxFile.Open(path));
        }
        catch (BackpropException error) when (error.SaysChanged)
        {
            return Print(parsed, path, new Reproduction { DiffersIn = "file", Difference = error.Message });
        }

        (Table table, IReadOnlyList<string> targets, TrainOptions options) = _inputs.Read(parsed, model.Recipe);
        using var display = new ProgressDisplay(parsed.GetValue(_verbose));
        Reproduction result = model.Reproduce(
            table, targets, options,
            new RunOptions { Threads = threads, Progress = ProgressDisplay.IsShown ? display.Report : null }, steps);
        display.Clear();
        return Print(parsed, path, result);
    }

    int Print(ParseResult parsed, string path, Reproduction result)
    {
        if (parsed.GetValue(_json))
            Console.Out.WriteLine(Json(path, result).ToJsonString());
        else
            Results.Line(
                result.IsReproduced ? Reproduced(path, result) : $"DIFFERS in the {result.DiffersIn}: {result.Difference}");
        return result.IsReproduced ? ExitCode.Done : ExitCode.Differs;
    }

    static string Reproduced(string path, Reproduction result) => result.Steps < result.ModelSteps
        ? $"REPRODUCED the first {Count(result.Steps)} of {Counted.Of(result.ModelSteps, "step")} of {path}: "
            + $"{result.HashesCompared} of its hashes along the way {(result.HashesCompared == 1 ? "is" : "are")} the same."
        : $"REPRODUCED {path} in {Counted.Of(result.Steps, "step")}: parameter hash {result.ParameterHash}, model hash "
            + $"{result.ModelHash}.";

    static string Count(long value) => EvaluationText.Count(value);

    static JsonObject Json(string path, Reproduction result) => new()
    {
        ["model"] = path,
        ["reproduced"] = result.IsReproduced,
        ["differsIn"] = result.DiffersIn,
        ["difference"] = result.Difference,
        ["steps"] = result.Steps,
        ["modelSteps"] = result.ModelSteps,
        ["hashesCompared"] = result.HashesCompared,
        ["parameterHash"] = result.ParameterHash,
        ["modelHash"] = result.ModelHash,
    };
}

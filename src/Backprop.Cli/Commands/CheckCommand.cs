using System.CommandLine;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary><c>backprop check MODEL DATA</c>.</summary>
static class CheckCommand
{
    public static Command Create()
    {
        Argument<string> modelPath = ModelArgument.Create();
        var data = new DataOptions();
        var samples = new Option<string?>("--samples")
        {
            Description =
                $"Entries of each tensor to check, drawn at random; 0 for all. Default: {GradientCheckOptions.DefaultSamples}.",
            HelpName = "N",
        };
        var tolerance = new Option<string?>("--tolerance")
        {
            Description = "The largest error that passes, relative to the tensor's scale. Default: 1e-7.",
            HelpName = "X",
        };
        var seed = new Option<string?>("--seed")
        {
            Description = "Which entries and rows are drawn. Default: 0.",
            HelpName = "N",
        };
        Option<bool> json = JsonFlag.Create();
        var command = new Command(
            "check",
            "Checks the gradients of a model's network on your rows: what the error flow computes against differences of the "
            + "loss, in double precision. Exit code 1 where they do not agree.");
        command.Add(modelPath);
        data.AddTo(command);
        foreach (Option option in new Option[] { samples, tolerance, seed, json })
            command.Add(option);
        command.SetAction(parsed =>
        {
            var options = new GradientCheckOptions
            {
                Samples = Numbers.Whole(parsed, samples, minimum: 0) ?? GradientCheckOptions.DefaultSamples,
                Tolerance = Numbers.Real(parsed, tolerance) ?? GradientCheckOptions.DefaultTolerance,
                Seed = Numbers.Seed(parsed, seed) ?? 0,
            };
            if (!double.IsFinite(options.Tolerance) || options.Tolerance <= 0)
                throw new BackpropException($"{tolerance.Name} is a positive number, not '{parsed.GetValue(tolerance)}'.");

            Model model = Model.Load(parsed.GetRequiredValue(modelPath));
            Table table = data.Read(
                parsed, data.Path(parsed)!, model.Recipe.Data,
                csv => model.ToCsvOptions(csv, withTarget: true));
            ModelGradientCheck check = model.CheckGradients(table, options);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(CheckText.Json(check, table.Source).ToJsonString());
            else
                CheckText.Print(check, table.Source, options);
            return check.Passed ? ExitCode.Done : ExitCode.Differs;
        });
        return command;
    }
}

using System.CommandLine;

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
            "Shows what a model is: what it predicts, from which columns, how good it was, its network, recipe and hashes, and "
            + "its inputs and outputs in other runtimes. A model file holds the names of its columns and the values of its "
            + "categories.");
        command.Add(modelPath);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var file = OnnxFile.Open(parsed.GetRequiredValue(modelPath));
            var model = Model.FromFile(file);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(InfoJson.Of(model, file).ToJsonString());
            else
                InfoText.Print(model, file);
            return ExitCode.Done;
        });
        return command;
    }
}

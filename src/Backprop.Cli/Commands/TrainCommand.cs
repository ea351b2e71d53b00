using System.CommandLine;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary><c>backprop train DATA --target COLUMN</c>.</summary>
sealed class TrainCommand
{
    readonly TrainInputs _inputs = new();
    readonly Option<string> _output = new("--out", "-o")
    {
        Description = "Where the model goes. Default: model.onnx.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "model.onnx",
    };

    readonly Option<string?> _threads = new("--threads")
    {
        Description = "The number of threads at most: steps are taken by one where that is faster. "
            + "Default: as many as the work pays for.",
        HelpName = "N",
    };

    readonly Option<string?> _log = new("--log")
    {
        Description = "A file for one JSON line per epoch. Default: none.",
        HelpName = "FILE.jsonl",
    };
    readonly Option<bool> _logSteps = new("--log-steps") { Description = "One line per step in the log, too." };
    readonly CheckpointFlags _checkpoint = new();
    readonly Option<bool> _printRecipe = new("--print-recipe")
    {
        Description = "Write the whole recipe as JSON, and do not train.",
    };

    readonly Option<bool> _verbose = VerboseFlag.Create();
    readonly Option<bool> _json = JsonFlag.Create();

    TrainCommand()
    {
    }

    public static Command Create()
    {
        var train = new TrainCommand();
        var command = new Command("train", "Trains a network and writes it as an ONNX file.");
        train._inputs.AddDataTo(command);
        command.Add(train._output);
        train._inputs.AddRecipeTo(command);
        train._checkpoint.AddTo(command);
        foreach (Option option in new Option[]
        {
            train._threads, train._log, train._logSteps, train._printRecipe, train._verbose, train._json,
        })
        {
            command.Add(option);
        }

        command.SetAction(train.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string path = _inputs.Path(parsed);
        string output = parsed.GetRequiredValue(_output);
        string? log = parsed.GetValue(_log);
        int threads = Numbers.Whole(parsed, _threads, 0, 1024) ?? 0;
        CheckpointOptions? checkpoint = _checkpoint.Options(parsed);
        OutputPlace.ThrowIfSame(("--out", output), ("--log", log), ("--checkpoint", checkpoint?.Path), ("DATA", path));
        if (log is null && parsed.GetValue(_logSteps))
            throw new BackpropException("--log-steps needs a file for the log: --log FILE.jsonl.");
        if (!parsed.GetValue(_printRecipe))
        {
            AtomicFile.CheckWritable(output);
            if (checkpoint is not null)
                AtomicFile.CheckWritable(checkpoint.Path);
            if (log is not null)
                LogWriter.CheckWritable(log);
        }

        Checkpoint? resume = _checkpoint.Resume(parsed);
        (Table table, IReadOnlyList<string> targets, TrainOptions options) = _inputs.Read(parsed, resume?.Recipe);
        if (parsed.GetValue(_printRecipe))
        {
            Console.Out.Write(Model.Resolve(table, targets, options).ToJson());
            return ExitCode.Done;
        }

        _checkpoint.WarnOfUnfinished(parsed);
        using var run = new TrainRun(log, parsed.GetValue(_logSteps), parsed.GetValue(_verbose), table.Source);
        TrainedModel trained;
        try
        {
            trained = run.Train(
                table, targets, options, new RunOptions { Threads = threads, Checkpoint = checkpoint, Resume = resume });
            trained.Model.Save(output);
        }
        catch (OperationCanceledException)
        {
            Messages.Warning("Interrupted before the first step: no model was written.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (run.HasBegun && error is (IOException or BackpropException or OutOfMemoryException))
        {
            // Nothing that the user did: the machine failed.
            throw new IOException(Failure.Of(error).Sentence + run.WayOn(checkpoint?.Path), error);
        }

        Print(parsed, trained, output);
        if (trained.CheckpointFailure is { } failure)
        {
            throw new IOException(
                trained.Stopped == StopReason.Cancelled
                    ? $"{failure.Message} {TrainReport.Interrupted(trained, output, null)}{run.WayOn(checkpoint?.Path)}"
                    : $"{failure.Message} Training had ended by then, and its model is in {output}.",
                failure);
        }

        if (trained.Stopped != StopReason.Cancelled)
            return ExitCode.Done;
        Messages.Warning(TrainReport.Interrupted(trained, output, checkpoint?.Path));
        return ExitCode.Interrupted;
    }

    void Print(ParseResult parsed, TrainedModel trained, string output)
    {
        try
        {
            if (parsed.GetValue(_json))
                Console.Out.WriteLine(TrainReport.Json(trained, output));
            else
                TrainReport.Print(trained, output);
            foreach (string sentence in OnnxNames.Sentences(trained.Model))
                Messages.Line(sentence);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Failure.Of(error).Sentence} The model is in {output}.", error);
        }
    }
}

using System.CommandLine;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>The command: verbs, and how everything that can go wrong becomes one sentence and an exit code.</summary>
static class CommandLine
{
    /// <summary>Runs the command.</summary>
    /// <returns>An exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Trains feed-forward neural networks on tables, by backpropagation, with the same bits everywhere.")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            InfoCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Messages.Error(Sentence(parsed));
            return ExitCode.WrongUse;
        }

        return Guarded(() => parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }

    static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (BackpropException error)
        {
            Messages.Error(error.Message);
            return ExitCode.WrongUse;
        }
        catch (ArgumentException error)
        {
            Messages.Error(error.Message);
            return ExitCode.WrongUse;
        }
        catch (TrainingDivergedException error)
        {
            Messages.Error(error.Message);
            return ExitCode.Failed;
        }
        catch (OutOfMemoryException)
        {
            Messages.Error("There is not enough memory for this table and network; leave out columns or rows.");
            return ExitCode.Failed;
        }
        catch (IOException error)
        {
            Messages.Error($"Reading or writing failed: {error.Message}");
            return ExitCode.Failed;
        }
        catch (UnauthorizedAccessException error)
        {
            Messages.Error(error.Message);
            return ExitCode.WrongUse;
        }
    }

    static string Sentence(ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "backprop" : $"backprop {parsed.CommandResult.Command.Name}";
        return $"{parsed.Errors[0].Message.TrimEnd('.')}. Try {command} --help.";
    }
}

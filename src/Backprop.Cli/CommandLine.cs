using System.CommandLine;
using System.CommandLine.Help;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>The command: verbs, and how everything that can go wrong becomes one sentence and an exit code.</summary>
static class CommandLine
{
    /// <summary>Set to 1, an error that is a bug shows where it came from.</summary>
    const string DebugVariable = "BACKPROP_DEBUG";

    /// <summary>Runs the command.</summary>
    /// <returns>An exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args)
    {
        try
        {
            // A column may be called @price, so an @ must not stand for a file of arguments.
            ParseResult parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                Messages.Error(WrongUse.Sentence(parsed));
                return ExitCode.WrongUse;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error)
        {
            return Fail(error);
        }
    }

    // Not a RootCommand, which would call itself by the name of the executable.
    static Command Root()
    {
        var root = new Command("backprop", "Trains feed-forward neural networks on tables, by backpropagation, with the same bits everywhere.")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            InfoCommand.Create(),
        };
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.Add(help);
        root.Add(new VersionOption());
        return root;
    }

    static int Fail(Exception error)
    {
        (string sentence, int code) = error switch
        {
            BackpropException => (error.Message, ExitCode.WrongUse),
            TrainingDivergedException => (error.Message, ExitCode.Failed),
            OutOfMemoryException => ("There is not enough memory for this table and network; leave out columns or rows.", ExitCode.Failed),
            IOException => (error.Message, ExitCode.Failed),
            UnauthorizedAccessException => (error.Message, ExitCode.WrongUse),
            AggregateException { InnerExceptions: [var only] } => (Unexpected(only), ExitCode.Failed),
            _ when UserMistake.IsSentence(error) => (error.Message, ExitCode.WrongUse),
            _ => (Unexpected(error), ExitCode.Failed),
        };
        Messages.Error(sentence);
        if (Environment.GetEnvironmentVariable(DebugVariable) is "1")
            Messages.Line(error.ToString());
        return code;
    }

    static string Unexpected(Exception error) =>
        $"This is a bug in Backprop, not a mistake of yours: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")} "
        + $"Please report it, with what {DebugVariable}=1 shows.";
}

using System.CommandLine;
using System.CommandLine.Help;

namespace Backprop.Cli;

/// <summary>The command: verbs, and how everything that can go wrong becomes one sentence and an exit code.</summary>
static class CommandLine
{
    /// <summary>Runs the command.</summary>
    /// <returns>An exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args)
    {
        try
        {
            // A column may be called @price, so an @ must not stand for a file of arguments.
            ParseResult parsed = Root().Parse(
                Habits.WithoutHelpVerbs(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
            Messages.AreQuiet = parsed.GetValue(s_quiet);
            if (WrongUse.Sentence(parsed) is { } wrong)
            {
                Messages.Error(wrong);
                return ExitCode.WrongUse;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error)
        {
            (string sentence, int code) = Failure.Of(error);
            Messages.Error(sentence);
            if (Environment.GetEnvironmentVariable(Failure.DebugVariable) is "1")
                Messages.Warning(error.ToString());
            return code;
        }
    }

    static readonly Option<bool> s_quiet = new("--quiet", "-q")
    {
        Description = "Say nothing on standard error but warnings and errors.",
        Recursive = true,
    };

    /// <summary>All verbs and flags. Not a RootCommand, which would call itself by the name of the executable.</summary>
    public static Command Root()
    {
        var root = new Command("backprop",
            "Trains feed-forward neural networks on tables, by backpropagation, with the same bits everywhere.")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            CheckCommand.Create(),
            ExplainCommand.Create(),
            ReproduceCommand.Create(),
            DoctorCommand.Create(),
            InfoCommand.Create(),
        };
        var help = new HelpOption();
        help.Description = "Show this. backprop help VERB does the same.";
        help.Action = new HelpAction();
        root.Add(help);
        root.Add(s_quiet);
        root.Add(new VersionOption { Description = "Show the version." });
        return root;
    }
}

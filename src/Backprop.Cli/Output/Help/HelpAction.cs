using System.CommandLine;
using System.CommandLine.Invocation;

namespace Backprop.Cli;

/// <summary>Shows the help of a verb, or of the command.</summary>
sealed class HelpAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        new HelpWriter(Console.Out, Screen.ProseWidth).Write(HelpPage.Of(parseResult.CommandResult.Command));
        return ExitCode.Done;
    }
}

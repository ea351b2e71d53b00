using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>What is said about an exception, and the exit code it means.</summary>
static class Failure
{
    /// <summary>Set to 1, an error shows where it came from.</summary>
    public const string DebugVariable = "BACKPROP_DEBUG";

    /// <summary>The code of an <see cref="IOException"/> with a sentence; what the system reports has codes of its own.</summary>
    const int HasSentence = unchecked((int)0x80131620);

    public static (string Sentence, int ExitCode) Of(Exception error) => error switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        BackpropException => (error.Message, ExitCode.WrongUse),

        // Whoever writes or reads a file says which; what is left is standard output, which a closed one refuses.
        UnauthorizedAccessException => ("Standard output cannot be written to; it is closed.", ExitCode.Failed),
        IOException { HResult: not HasSentence } =>
            ($"Standard output cannot be written to: {SystemReason.Of(error)}.", ExitCode.Failed),
        TrainingDivergedException or IOException => (error.Message, ExitCode.Failed),
        OutOfMemoryException => ("There is not enough memory for this table and network; leave out columns or rows.",
            ExitCode.Failed),
        _ when UserMistake.IsSentence(error) => (error.Message, ExitCode.WrongUse),
        _ => ($"This is a bug in Backprop, not a mistake of yours: {error.GetType().Name}: "
            + $"{error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. "
            + $"Please report it, with what {DebugVariable}=1 shows.", ExitCode.Failed),
    };
}

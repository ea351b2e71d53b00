namespace Backprop;

/// <summary>
/// Tells what a user can put right from what is a bug: the engine refuses options and shapes by an
/// <see cref="ArgumentException"/> whose message is a whole sentence and names no parameter of a method.
/// </summary>
static class UserMistake
{
    /// <summary>Whether the message is a sentence for the user.</summary>
    public static bool IsSentence(Exception error) =>
        error is ArgumentException { ParamName: null } && error.GetType() == typeof(ArgumentException);

    /// <summary>What the engine refused, where it is known that a user asked for it: its sentence alone.</summary>
    public static BackpropException Of(ArgumentException error)
    {
        // The framework adds the parameter of the method and the value to the sentence.
        int added = error.ParamName is null ? -1 : error.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return new BackpropException(added < 0 ? error.Message : error.Message[..added], error);
    }

    /// <summary>Runs something of the engine's, and passes on what it refuses as a <see cref="BackpropException"/>.</summary>
    public static T Guard<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException error)
        {
            throw Of(error);
        }
    }
}

namespace Backprop;

/// <summary>
/// Something that the person who runs Backprop can put right: bad data, a wrong option, an unusable file. The message
/// says in a sentence what is wrong, where, and what to do; the command prints it and ends.
/// </summary>
public sealed class BackpropException : Exception
{
    /// <summary>An error with its sentence.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public BackpropException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and what caused it.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">The cause.</param>
    public BackpropException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

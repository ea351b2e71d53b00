namespace Backprop;

/// <summary>
/// Something that the user can put right: bad input, a wrong setting, a model that does not fit the data.
/// </summary>
/// <remarks>The message is one clear sentence: what is wrong, where, and what to do. Programs print it as it is.</remarks>
public sealed class BackpropException : Exception
{
    /// <summary>An exception without a sentence of its own.</summary>
    public BackpropException()
    {
    }

    /// <summary>An exception with the sentence that the user reads.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public BackpropException(string message)
        : base(OneLine.Of(message))
    {
    }

    /// <summary>An exception with the sentence that the user reads, and its cause.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What the system reported.</param>
    public BackpropException(string message, Exception? innerException)
        : base(OneLine.Of(message), innerException)
    {
    }

    /// <summary>
    /// The row that it is about, counted from 0, and the sentence with words for where that is; null for others.
    /// </summary>
    internal (int Row, Func<string, string> Sentence)? Cell { get; init; }

    /// <summary>Whether a file that Backprop wrote is not as it wrote it.</summary>
    internal bool SaysChanged { get; init; }
}

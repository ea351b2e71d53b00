namespace Backprop;

/// <summary>What the system reported, as the end of a sentence.</summary>
static class SystemReason
{
    /// <summary>Whether the system reported it: a disk that is full or failed, or a file that may not become as large.</summary>
    public static bool IsOf(Exception error) => error is IOException || IsTooLarge(error);

    /// <summary>The reason without the path that the framework adds, and without a full stop.</summary>
    public static string Of(Exception error)
    {
        if (IsTooLarge(error))
            return "it is larger than a file may be there";
        int path = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? error.Message : error.Message[..path]).TrimEnd('.', ' ');
    }

    /// <summary>The framework's way to say EFBIG: a limit of the file system, or of the process.</summary>
    static bool IsTooLarge(Exception error) => error is ArgumentOutOfRangeException { ParamName: "value" };
}

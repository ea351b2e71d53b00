namespace Backprop;

/// <summary>What the system reported, as the end of a sentence.</summary>
static class SystemReason
{
    /// <summary>The reason without the path that the framework adds, and without a full stop.</summary>
    public static string Of(Exception error)
    {
        int path = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (path < 0 ? error.Message : error.Message[..path]).TrimEnd('.', ' ');
    }
}

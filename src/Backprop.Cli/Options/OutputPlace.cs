namespace Backprop.Cli;

/// <summary>Keeps a result from being written over what it is made of.</summary>
static class OutputPlace
{
    /// <summary>Refuses two files of a command to be one.</summary>
    public static void ThrowIfSame(params ReadOnlySpan<(string Name, string? Path)> files)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string? path) in files)
        {
            if (string.IsNullOrEmpty(path) || path == "-" || path.StartsWith("/dev/", StringComparison.Ordinal))
                continue;
            string full = Path.GetFullPath(path);
            if (!seen.TryAdd(full, name))
            {
                throw new BackpropException(
                    $"{seen[full]} and {name} are the same file, {path}; it would be overwritten. Give another one.");
            }
        }
    }
}

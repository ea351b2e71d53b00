namespace Backprop.Cli;

/// <summary>Flags that take several values: <c>--flag a,b</c>, or <c>--flag a --flag b</c>.</summary>
static class Lists
{
    /// <summary>The values; one that holds a comma is quoted as in CSV.</summary>
    public static string[] Split(IEnumerable<string>? texts) =>
        [.. (texts ?? []).SelectMany(QuotedList.Split).Where(part => part.Length > 0).Select(Unquoted)];

    static string Unquoted(string part) => QuotedList.Unquote(part) is (var name, "") ? name : part;

    /// <summary>Hidden layers: <c>128,64</c>, <c>64*relu,batchnorm:momentum=0.2</c>; <c>none</c> for none.</summary>
    public static LayerSpec[]? Layers(string? text) => text?.Trim() switch
    {
        null => null,
        "none" or "" => [],
        _ => [.. Entries(text).Select(entry => new LayerSpec(entry))],
    };

    /// <summary>Entries with parameters: parts at commas that begin a name, not at those between parameters.</summary>
    public static List<string> Entries(string text)
    {
        var entries = new List<string>();
        foreach (string part in text.Split(','))
        {
            if (entries.Count > 0 && part.Contains('=', StringComparison.Ordinal)
                && !part.Contains(':', StringComparison.Ordinal))
            {
                entries[^1] += "," + part;
            }
            else
                entries.Add(part.Trim());
        }

        return entries;
    }
}

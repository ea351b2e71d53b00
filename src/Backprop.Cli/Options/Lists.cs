using System.Globalization;

namespace Backprop.Cli;

/// <summary>Flags that take several values: <c>--flag a,b</c>, or <c>--flag a --flag b</c>.</summary>
static class Lists
{
    /// <summary>The values; one that holds a comma is quoted as in CSV.</summary>
    public static string[] Split(IEnumerable<string>? texts) =>
        [.. (texts ?? []).SelectMany(QuotedList.Split).Where(part => part.Length > 0).Select(Unquoted)];

    static string Unquoted(string part) => QuotedList.Unquote(part) is (var name, "") ? name : part;

    /// <summary>The widths of layers: <c>128,64</c>; <c>none</c> for no hidden layer.</summary>
    public static int[]? Widths(string? text)
    {
        if (text is null)
            return null;
        if (text.Trim() is "none" or "")
            return [];
        return [.. text.Split(',').Select(Width)];

        int Width(string part) =>
            int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width >= 1
                ? width
                : throw new BackpropException(
                    $"'{part.Trim()}' in --layers {text} is not a width; write widths of 1 or more such as 128,64, or none.");
    }
}

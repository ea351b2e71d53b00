using System.CommandLine;
using System.Globalization;

namespace Backprop.Cli;

/// <summary>Flags that take a number; what is none is refused by the flag's name.</summary>
static class Numbers
{
    public static double? Real(ParseResult parsed, Option<string?> flag)
    {
        if (parsed.GetValue(flag) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new BackpropException($"{flag.Name} is a number such as 0.01, not '{text}'.");
    }

    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public static int? Whole(ParseResult parsed, Option<string?> flag, int minimum, int maximum = int.MaxValue)
    {
        if (parsed.GetValue(flag) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        string range = maximum == int.MaxValue ? $"of {minimum} or more" : $"from {minimum} to {maximum}";
        throw new BackpropException($"{flag.Name} is a whole number {range}, not '{text}'.");
    }

    /// <summary>A number as the help writes it.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static ulong? Seed(ParseResult parsed, Option<string?> flag)
    {
        if (parsed.GetValue(flag) is not { } text)
            return null;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new BackpropException($"{flag.Name} is a whole number from 0 to {ulong.MaxValue}, not '{text}'.");
    }
}

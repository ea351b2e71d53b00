using System.CommandLine;
using System.Globalization;

namespace Backprop.Cli;

/// <summary>Factors of tensors as the command line writes them, <c>bias=0.1,layer1.weights=0.5</c>, or <c>none</c>.</summary>
static class FactorsText
{
    /// <summary>The factors that a flag gives, by the tensors' names, or null.</summary>
    public static Dictionary<string, double>? Parse(ParseResult parsed, Option<string?> flag)
    {
        if (parsed.GetValue(flag)?.Trim() is not { } text)
            return null;
        var factors = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string part in text is "none" or "" ? [] : text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? "" : part[..equals].Trim();
            if (name.Length == 0
                || !double.TryParse(part[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double factor))
            {
                throw new BackpropException(
                    $"'{part.Trim()}' in {flag.Name} is not of the form tensor=number, such as bias=0.1.");
            }

            if (!factors.TryAdd(name, factor))
                throw new BackpropException($"{flag.Name} gives '{name}' twice.");
        }

        return factors;
    }
}

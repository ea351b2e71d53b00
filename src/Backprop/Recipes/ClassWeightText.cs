using System.Globalization;

namespace Backprop;

/// <summary>Class weights as the command line writes them: <c>a=1,b=5</c>.</summary>
static class ClassWeightText
{
    /// <summary>The weight of each class named.</summary>
    /// <exception cref="BackpropException">The text is not of that form.</exception>
    public static Dictionary<string, double> Parse(string text)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string part in text.Split(','))
        {
            // A class may have an equals sign in its name, a weight has none.
            int equals = part.LastIndexOf('=');
            if (equals < 1
                || !double.TryParse(part[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
                || !weights.TryAdd(part[..equals].Trim(), weight))
            {
                throw new BackpropException(
                    $"'{part.Trim()}' in the class weights '{text}' is not of the form class=weight; or say balanced.");
            }
        }

        return weights;
    }
}

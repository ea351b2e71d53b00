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
        foreach ((string name, string? weight) in QuotedList.Assignments(text, part => Number(part) is not null))
        {
            if (weight is null || !weights.TryAdd(name, Number(weight)!.Value))
            {
                throw new BackpropException(
                    $"'{name}{(weight is null ? "" : $"={weight}")}' in the class weights '{text}' is not of the form "
                    + "class=weight; or say balanced.");
            }
        }

        return weights;
    }

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}

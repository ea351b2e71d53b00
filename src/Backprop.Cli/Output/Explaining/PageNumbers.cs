using System.Globalization;

namespace Backprop.Cli;

/// <summary>Numbers of one column for people: about five digits of the largest, the points below each other.</summary>
static class PageNumbers
{
    const int Digits = 5;

    public static string[] Of(IReadOnlyList<double> column)
    {
        double largest = column.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return [.. column.Select(value => Of(value, largest))];
    }

    /// <summary>One number.</summary>
    public static string Of(double value) => Of(value, Math.Abs(value));

    static string Of(double value, double largest)
    {
        if (value == 0 || !double.IsFinite(value))
            return value == 0 ? "0" : value.ToString(CultureInfo.InvariantCulture);
        string exponent = largest.ToString("E4", CultureInfo.InvariantCulture);
        int whole = int.Parse(
            exponent.AsSpan(exponent.IndexOf('E', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture) + 1;
        if (whole is > Digits or < -3)
            return Scientific(value);
        int decimals = Math.Min(Digits - whole, Digits + 2);
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        // A number that is not 0 must not look like it.
        return text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? Scientific(value) : text;
    }

    static string Scientific(double value) => value.ToString("0.000e-00", CultureInfo.InvariantCulture);
}

using System.Buffers;
using System.Globalization;

namespace Backprop;

/// <summary>Reads numbers as <see cref="double.Parse(string)"/> does, to the bit, and knows what is none of them.</summary>
static class NumberText
{
    // Doubles hold these exactly.
    static readonly double[] s_powersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    ];

    static readonly SearchValues<char> s_pointNumber = SearchValues.Create("0123456789+-eE.");
    static readonly SearchValues<char> s_commaNumber = SearchValues.Create("0123456789+-eE,");
    static readonly NumberFormatInfo s_comma = new() { NumberDecimalSeparator = "," };

    /// <summary>Reads a trimmed text: digits with at most one decimal sign, a sign in front, an exponent behind.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decimalSign">A point or a comma.</param>
    /// <param name="value">The number where the answer is Finite.</param>
    public static NumberSyntax Parse(ReadOnlySpan<char> text, char decimalSign, out double value)
    {
        const long LargestExact = 1L << 53;
        const int DigitsThatFit = 18;
        bool negative = !text.IsEmpty && text[0] == '-';
        bool inFraction = false;
        long digits = 0;
        int count = 0, fraction = 0;
        int i = !text.IsEmpty && text[0] is '-' or '+' ? 1 : 0;
        for (; i < text.Length && count < DigitsThatFit; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = digits * 10 + (int)digit;
                count++;
                fraction += inFraction ? 1 : 0;
            }
            else if (text[i] == decimalSign && !inFraction)
            {
                inFraction = true;
            }
            else
            {
                break;
            }
        }

        // Both operands are exact, so the one division rounds correctly, as double.Parse does.
        if (i == text.Length && count > 0 && digits <= LargestExact)
        {
            value = fraction == 0 ? digits : digits / s_powersOfTen[fraction];
            value = negative ? -value : value;
            return NumberSyntax.Finite;
        }

        return ParseAny(text, decimalSign, out value);
    }

    static NumberSyntax ParseAny(ReadOnlySpan<char> text, char decimalSign, out double value)
    {
        bool comma = decimalSign == ',';
        if (text.IndexOfAnyExcept(comma ? s_commaNumber : s_pointNumber) < 0
            && double.TryParse(text, NumberStyles.Float, comma ? s_comma : NumberFormatInfo.InvariantInfo, out value))
        {
            return double.IsFinite(value) ? NumberSyntax.Finite : NumberSyntax.TooLarge;
        }

        value = double.NaN;
        ReadOnlySpan<char> word = text.TrimStart("+-");
        bool isInfinity = word.Equals("inf", StringComparison.OrdinalIgnoreCase)
            || word.Equals("infinity", StringComparison.OrdinalIgnoreCase) || word is "∞";
        return isInfinity ? NumberSyntax.Infinity : NumberSyntax.None;
    }
}

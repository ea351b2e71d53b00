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
        return ReadPlain(text, 0, decimalSign, out value) == text.Length
            ? NumberSyntax.Finite
            : ParseAny(text, decimalSign, out value);
    }

    /// <summary>
    /// Reads the digits, with a sign in front and a decimal sign between, that stand in a text, as far as they go.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="decimalSign">A point or a comma.</param>
    /// <param name="value">The number.</param>
    /// <returns>Where the number ends; −1 if there is none of so few digits that it is known to the last bit.</returns>
    public static int ReadPlain(ReadOnlySpan<char> text, int start, char decimalSign, out double value)
    {
        const ulong LargestExact = 1UL << 53;
        const int DigitsThatFit = 18;
        int i = start;
        char first = (uint)i < (uint)text.Length ? text[i] : '\0';

        // Signs come as they like, so a processor guesses every second one wrong; it has nothing to guess here.
        i += (first == '-' ? 1 : 0) + (first == '+' ? 1 : 0);
        int count = i;
        ulong digits = 0;
        uint digit;
        for (; (uint)i < (uint)text.Length && (digit = (uint)(text[i] - '0')) <= 9; i++)
            digits = digits * 10 + digit;
        count = i - count;
        double divisor = 1;
        if ((uint)i < (uint)text.Length && text[i] == decimalSign)
        {
            int fraction = ++i;
            for (; (uint)i < (uint)text.Length && (digit = (uint)(text[i] - '0')) <= 9; i++)
                digits = digits * 10 + digit;
            fraction = i - fraction;
            count += fraction;
            divisor = (uint)fraction < (uint)s_powersOfTen.Length ? s_powersOfTen[fraction] : 1;
        }

        // Both operands are exact, so the one division rounds correctly, as double.Parse does.
        ulong sign = first == '-' ? 1UL << 63 : 0;
        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits((long)digits / divisor) ^ sign);
        return (uint)(count - 1) < DigitsThatFit && digits <= LargestExact ? i : -1;
    }

    /// <summary>Whether a character may stand in a number.</summary>
    public static bool MayHave(char c, char decimalSign) => char.IsAsciiDigit(c) || c is '+' or '-' or 'e' or 'E' || c == decimalSign;

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

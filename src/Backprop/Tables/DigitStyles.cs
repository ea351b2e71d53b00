namespace Backprop;

/// <summary>Which styles digits can be written in.</summary>
static class DigitStyles
{
    const int GroupLength = 3;

    static readonly (DigitStyle Style, char Decimal, char? Thousands)[] s_signs =
    [
        (DigitStyle.Point, '.', null), (DigitStyle.Comma, ',', null),
        (DigitStyle.PointAndCommas, '.', ','), (DigitStyle.CommaAndPoints, ',', '.'),
        (DigitStyle.PointAndBlanks, '.', ' '), (DigitStyle.CommaAndBlanks, ',', ' '),
        (DigitStyle.PointAndApostrophes, '.', '\''), (DigitStyle.CommaAndApostrophes, ',', '\''),
    ];

    /// <summary>Each style, the simplest first: of several that read a column alike, that is the one.</summary>
    public static IEnumerable<DigitStyle> All => s_signs.Select(static one => one.Style);

    /// <summary>All styles.</summary>
    public const DigitStyle Any = (DigitStyle)255;

    /// <summary>The decimal sign of a style, and what parts its thousands.</summary>
    public static (char Decimal, char? Thousands) Signs(DigitStyle style)
    {
        (_, char decimalSign, char? thousands) = Array.Find(s_signs, one => one.Style == style);
        return (decimalSign, thousands);
    }

    /// <summary>The style of some signs.</summary>
    public static DigitStyle Of(char decimalSign, char? thousands) =>
        Array.Find(s_signs, one => one.Decimal == decimalSign && one.Thousands == thousands).Style;

    /// <summary>The styles with a decimal sign.</summary>
    public static DigitStyle With(char decimalSign) =>
        s_signs.Where(one => one.Decimal == decimalSign).Aggregate(DigitStyle.None, static (all, one) => all | one.Style);

    /// <summary>
    /// The separator that a character is: all blanks are one, and so are all apostrophes; no character of another kind is any.
    /// </summary>
    public static char? Separator(char c) => c switch
    {
        '.' or ',' => c,
        ' ' or '\u00A0' or '\u2007' or '\u2009' or '\u202F' => ' ',
        '\'' or '\u2019' => '\'',
        _ => null,
    };

    /// <summary>The styles under which a text of digits, separators and perhaps an exponent is a number.</summary>
    public static DigitStyle Of(ReadOnlySpan<char> core)
    {
        int exponent = core.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            ReadOnlySpan<char> digits = core[(exponent + 1)..];
            digits = digits is ['+' or '-', ..] ? digits[1..] : digits;
            bool isWhole = !digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0;
            return isWhole ? Of(core[..exponent]) & (DigitStyle.Point | DigitStyle.Comma) : DigitStyle.None;
        }

        DigitStyle styles = DigitStyle.None;
        foreach ((DigitStyle style, char decimalSign, char? thousands) in s_signs)
            styles |= Fits(core, decimalSign, thousands) ? style : DigitStyle.None;
        return styles;
    }

    /// <summary>
    /// Whether a plain number has a separator with more or fewer digits behind it than thousands have: a decimal sign.
    /// </summary>
    public static bool IsFraction(ReadOnlySpan<char> number) =>
        number.LastIndexOfAny('.', ',') is >= 0 and var place && number.Length - place != GroupLength + 1;

    /// <summary>
    /// Whether thousands are parted into groups of three behind a first that begins with no zero; by commas also in the Indian
    /// way, 12,34,567, where those before the last three are of two.
    /// </summary>
    static bool Fits(ReadOnlySpan<char> core, char decimalSign, char? thousands)
    {
        const int PairLength = 2;
        int groups = 0, length = 0, first = 0;
        bool isFraction = false, areThrees = true, arePairs = thousands == ',';
        foreach (char c in core)
        {
            if (char.IsAsciiDigit(c))
            {
                length++;
                continue;
            }

            char? separator = Separator(c);
            if (separator is null || isFraction)
                return false;
            if (groups == 0)
                first = length;
            else if (separator == decimalSign)
                areThrees &= length == GroupLength;
            else
                (areThrees, arePairs) = (areThrees && length == GroupLength, arePairs && length == PairLength);
            if (separator == decimalSign)
                isFraction = true;
            else if (separator == thousands)
                groups++;
            else
                return false;
            if (isFraction && groups > 0 && length != GroupLength)
                return false;
            length = 0;
        }

        bool isLastWhole = isFraction || length == GroupLength;
        bool isGrouped = (areThrees && first is > 0 and <= GroupLength) || (arePairs && first is > 0 and <= PairLength);
        return groups == 0 || (isGrouped && isLastWhole && core[0] != '0');
    }
}

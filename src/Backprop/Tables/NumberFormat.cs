using System.Diagnostics.CodeAnalysis;

namespace Backprop;

/// <summary>
/// How a column of a file writes its numbers: the decimal sign, what parts thousands, and a unit or sign that all cells have.
/// Its text is the number 1234.5 written so: <c>1,234.5</c>, <c>1.234,5</c>, <c>1 234,5</c>, <c>$1,234.5</c>, <c>1234.5 %</c>.
/// </summary>
/// <remarks>
/// Under any format a minus may be <c>-</c>, U+2212 or a pair of brackets around the number, a plus may stand in front, and the
/// thousands of a cell need not be parted. 12 % is 12.
/// </remarks>
public sealed record NumberFormat
{
    const string Shown = "1234.5";

    NumberFormat(char decimalSign, char? thousands, string before, string after) =>
        (Decimal, Thousands, Before, After) = (decimalSign, thousands, before, after);

    /// <summary>The decimal sign, a point or a comma.</summary>
    public char Decimal { get; }

    /// <summary>
    /// What parts thousands: a comma, a point, a blank (of any kind) or an apostrophe (of any kind); null where nothing does.
    /// </summary>
    public char? Thousands { get; }

    /// <summary>What stands before the digits of every cell, such as <c>$</c>; empty for nothing.</summary>
    public string Before { get; }

    /// <summary>What stands behind the digits of every cell, such as <c>%</c> or <c>kg</c>; empty for nothing.</summary>
    public string After { get; }

    /// <summary>The format of digits with a decimal sign and nothing else.</summary>
    internal static NumberFormat Plain(char decimalSign) => new(decimalSign, null, "", "");

    /// <summary>A format.</summary>
    internal static NumberFormat Of(DigitStyle style, string before, string after)
    {
        (char decimalSign, char? thousands) = DigitStyles.Signs(style);
        return new NumberFormat(decimalSign, thousands, before, after);
    }

    /// <summary>Reads a format from how it writes 1234.5.</summary>
    /// <param name="text">Such as <c>1.234,5 €</c>.</param>
    /// <exception cref="BackpropException">The text is not 1234.5 in any format.</exception>
    public static NumberFormat Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out NumberFormat? format) ? format : throw new BackpropException(
            $"{CsvContext.Quoted(text)} is not the number {Shown} in any form; write it as the column does, "
            + "such as 1,234.5 or 1.234,5 or '1234.5 %'.");
    }

    /// <summary>Reads a format from how it writes 1234.5, if it is one.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out NumberFormat? format)
    {
        format = null;
        if (!NumberShape.TryRead(text.Trim(), out NumberShape shape) || shape.HasSign || shape.NoFraction is not null
            || shape.Core is not [.., var sign, '5'])
        {
            return false;
        }

        foreach (DigitStyle style in DigitStyles.All)
        {
            var read = Of(style, shape.Before.ToString(), shape.After.ToString());
            bool hasThousands = shape.Core.Length > Shown.Length;
            if (sign == read.Decimal && read.Thousands is not null == hasThousands
                && read.Read(text.Trim(), out double value) == NumberSyntax.Finite && value == 1234.5)
            {
                format = read;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is nothing but digits and a decimal sign.</summary>
    internal bool IsPlain => Thousands is null && !HasUnit;

    /// <summary>Whether cells have a unit or sign.</summary>
    internal bool HasUnit => Before.Length + After.Length > 0;

    /// <summary>Reads a trimmed cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">The number where the answer is Finite.</param>
    internal NumberSyntax Read(ReadOnlySpan<char> cell, out double value)
    {
        if (!HasUnit && NumberText.Parse(cell, Decimal, out value) is not NumberSyntax.None and var plain)
            return plain;
        value = double.NaN;
        if (!NumberShape.TryRead(cell, out NumberShape shape)
            || !shape.Before.SequenceEqual(Before) || !shape.After.SequenceEqual(After)
            || (shape.NoFraction ?? Decimal) != Decimal)
        {
            return NumberSyntax.None;
        }

        const int Longest = 400;
        if (shape.Core.Length > Longest || (DigitStyles.Of(shape.Core) & DigitStyles.Of(Decimal, Thousands)) == DigitStyle.None)
            return NumberSyntax.None;
        Span<char> digits = stackalloc char[Longest];
        int count = 0;
        foreach (char c in shape.Core)
        {
            if (Thousands is null || DigitStyles.Separator(c) != Thousands)
                digits[count++] = c;
        }

        NumberSyntax syntax = NumberText.Parse(digits[..count], Decimal, out value);
        value = shape.IsNegative ? -value : value;
        return syntax;
    }

    /// <summary>How it writes 1234.5.</summary>
    public override string ToString() => $"{Before}1{Thousands}234{Decimal}5{(After.Length > 0 ? " " : "")}{After}";
}

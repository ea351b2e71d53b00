using System.Globalization;
using Xunit;

namespace Backprop.Tests;

public class NumberTextTests
{
    [Fact]
    public void Gives_the_bits_of_double_parse()
    {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            string text = Text(random);
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double expected);
            NumberSyntax syntax = NumberText.Parse(text, '.', out double value);

            Assert.True(
                isNumber ? double.IsFinite(expected) == (syntax == NumberSyntax.Finite) : syntax == NumberSyntax.None,
                $"'{text}' is {syntax}");
            if (syntax == NumberSyntax.Finite)
            {
                bool same = BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(value);
                Assert.True(same, $"'{text}' gave {value:R}");
            }

            Assert.Equal(syntax, NumberText.Parse(text.Replace('.', ','), ',', out double withComma));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(withComma));
        }
    }

    [Fact]
    public void Plain_numbers_have_the_bits_of_double_parse()
    {
        var random = new Random(2);
        Span<char> text = stackalloc char[24];
        int plain = 0;
        for (int i = 0; i < 2_000_000; i++)
        {
            int length = 0, digits = random.Next(1, 20), point = random.Next(0, digits + 2);
            if (random.Next(2) == 0)
                text[length++] = random.Next(2) == 0 ? '-' : '+';
            for (int digit = 0; digit < digits; digit++)
            {
                if (digit == point)
                    text[length++] = '.';
                text[length++] = (char)('0' + random.Next(10));
            }

            ReadOnlySpan<char> number = text[..length];
            int end = NumberText.ReadPlain(number, 0, '.', out double value);
            if (end < 0)
                continue;
            plain++;
            double expected = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (end != length || BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(value))
                Assert.Fail($"'{number}' gave {value:R}, not {expected:R}");
        }

        Assert.InRange(plain, 1_000_000, 2_000_000);
    }

    /// <summary>
    /// Whatever stands before, behind and instead of a number, and however many characters are left of the line.
    /// </summary>
    [Fact]
    public void A_number_within_a_line_is_read_as_when_it_stands_alone()
    {
        const string Characters = "01234567890123456789012345678901234567890123456789.,-+eE \0\u0130\u3130\uFF10\uFFFF";
        var random = new Random(3);
        var line = new char[40];
        int numbers = 0;
        for (int i = 0; i < 2_000_000; i++)
        {
            random.GetItems(Characters, line);
            int start = random.Next(line.Length + 1), end = random.Next(start, Math.Min(line.Length, start + 20) + 1);
            if (start < end && random.Next(2) == 0)
                line[start] = '-';
            char decimalSign = ".,"[random.Next(2)];
            string text = new(line, start, end - start);
            ReadOnlySpan<char> digits = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
            bool isCode = digits is ['0', >= '0' and <= '9', ..];
            bool isPlain = NumberText.ReadPlain(text, 0, decimalSign, out double expected) == text.Length && text.Length > 0
                && !isCode;

            double value = NumberText.OfCell(line, start, end, decimalSign);
            Assert.True(isPlain != double.IsNaN(value), text);
            if (!isPlain)
                continue;
            numbers++;
            if (BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(value))
                Assert.Fail($"'{text}' gave {value:R}, not {expected:R}");
        }

        Assert.InRange(numbers, 100_000, 2_000_000);
    }

    [Theory]
    [InlineData("-0", 0x8000000000000000)]
    [InlineData("-0.000", 0x8000000000000000)]
    [InlineData("9007199254740993", 0x4340000000000000)]
    [InlineData("1.7976931348623157e308", 0x7FEFFFFFFFFFFFFF)]
    [InlineData("4.9e-324", 1)]
    [InlineData("1e-400", 0)]
    [InlineData("0.1000000000000000055511151231257827", 0x3FB999999999999A)]
    public void Rounds_as_the_standard_says(string text, ulong bits)
    {
        Assert.Equal(NumberSyntax.Finite, NumberText.Parse(text, '.', out double value));
        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(value));
    }

    [Theory]
    [InlineData("1e309", nameof(NumberSyntax.TooLarge))]
    [InlineData("-1e99999999999", nameof(NumberSyntax.TooLarge))]
    [InlineData("inf", nameof(NumberSyntax.Infinity))]
    [InlineData("-Infinity", nameof(NumberSyntax.Infinity))]
    [InlineData("+INF", nameof(NumberSyntax.Infinity))]
    [InlineData("∞", nameof(NumberSyntax.Infinity))]
    [InlineData("nan", nameof(NumberSyntax.None))]
    [InlineData("0x1F", nameof(NumberSyntax.None))]
    [InlineData("1,000", nameof(NumberSyntax.None))]
    [InlineData("1 000", nameof(NumberSyntax.None))]
    [InlineData("1_000", nameof(NumberSyntax.None))]
    [InlineData("(1)", nameof(NumberSyntax.None))]
    [InlineData("1\0", nameof(NumberSyntax.None))]
    [InlineData("$1", nameof(NumberSyntax.None))]
    [InlineData("١", nameof(NumberSyntax.None))]
    [InlineData("+", nameof(NumberSyntax.None))]
    [InlineData(".", nameof(NumberSyntax.None))]
    [InlineData("1.2.3", nameof(NumberSyntax.None))]
    [InlineData("1e", nameof(NumberSyntax.None))]
    [InlineData("", nameof(NumberSyntax.None))]
    public void Knows_what_is_no_number(string text, string syntax)
        => Assert.Equal(syntax, NumberText.Parse(text, '.', out _).ToString());

    // Mostly well formed, of all lengths around the limit of the short way, with now and then a character too many.
    static string Text(Random random)
    {
        string digits = string.Concat(Enumerable.Range(0, random.Next(0, 24)).Select(_ => (char)('0' + random.Next(10))));
        string text = random.Next(3) == 0 ? digits : digits.Insert(random.Next(digits.Length + 1), ".");
        text = random.Next(3) switch { 0 => "-" + text, 1 => text, _ => random.Next(4) == 0 ? "+" + text : text };
        if (random.Next(4) == 0)
            text += $"{"eE"[random.Next(2)]}{(random.Next(2) == 0 ? "-" : "")}{random.Next(330)}";
        return random.Next(20) == 0 ? text.Insert(random.Next(text.Length + 1), "+-e."[random.Next(4)].ToString()) : text;
    }
}

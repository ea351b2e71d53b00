using System.Globalization;
using Xunit;

namespace Backprop.Tests;

/// <summary>The forms of numbers: what each reads, what it refuses, how it is written.</summary>
public sealed class NumberFormatTests
{
    public static TheoryData<string> Forms =>
    [
        "1234.5", "1234,5", "1,234.5", "1.234,5", "1 234.5", "1 234,5", "1'234.5", "1'234,5",
        "$1,234.5", "1.234,5 €", "1234.5 %", "EUR1234,5", "1234.5 kg", "US$1,234.5", "1 234,5 kr",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_is_written_as_it_was_read(string text) => Assert.Equal(text, NumberFormat.Parse(text).ToString());

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_reads_every_number_that_it_writes(string text)
    {
        var format = NumberFormat.Parse(text);
        foreach (double value in (double[])[0, 7, 12, 999, 1000, 1234.5, 98765, 1234567.25, 0.125])
        {
            string digits = value.ToString(format.Thousands is null ? "0.###" : "#,##0.###", CultureInfo.InvariantCulture)
                .Replace(',', '\t').Replace('.', format.Decimal).Replace('\t', format.Thousands ?? ' ');
            string cell = format.Before + digits + (format.After.Length > 1 ? " " : "") + format.After;
            Assert.Equal((NumberSyntax.Finite, value), Read(format, cell));
            Assert.Equal((NumberSyntax.Finite, value), Read(format, "+" + cell));
            string signed = format.Before + "-" + cell[format.Before.Length..];
            foreach (string negative in (string[])["-" + cell, "\u2212" + cell, $"({cell})", signed])
                Assert.Equal((NumberSyntax.Finite, -value), Read(format, negative));
        }
    }

    [Theory]
    [InlineData("1,234.5", "1.234,5")]
    [InlineData("1,234.5", "12,34")]
    [InlineData("1,234.5", "1,2345")]
    [InlineData("1,234.5", "0,123")]
    [InlineData("1,234.5", "1234,567")]
    [InlineData("1,234.5", "1,234,")]
    [InlineData("1,234.5", ",123")]
    [InlineData("1.234,5", "1.5")]
    [InlineData("1234.5", "1,234")]
    [InlineData("1234.5", "12 %")]
    [InlineData("1234.5 %", "12")]
    [InlineData("$1,234.5", "€12")]
    [InlineData("$1,234.5", "12")]
    [InlineData("1234.5", "(12")]
    [InlineData("1234.5", "(-12)")]
    [InlineData("1234.5", "--12")]
    [InlineData("1234.5", "1-2")]
    [InlineData("1234.5", "")]
    [InlineData("1 234.5", "12 34")]
    public void A_form_refuses_what_it_does_not_write(string form, string cell) =>
        Assert.Equal(NumberSyntax.None, Read(NumberFormat.Parse(form), cell).Syntax);

    [Theory]
    [InlineData("1.234,5", "1.234", 1234)]
    [InlineData("1,234.5", "1234567", 1234567)]
    [InlineData("1 234,5", "12\u00A0345,25", 12345.25)]
    [InlineData("1 234,5", "12\u202F345", 12345)]
    [InlineData("1'234.5", "12\u2019345", 12345)]
    [InlineData("1234.5", "1e3", 1000)]
    [InlineData("1234,5", "1,5e3", 1500)]
    [InlineData("1234.5 %", "12%", 12)]
    [InlineData("$1,234.5", "$ 1,234", 1234)]
    [InlineData("$1,234.5", "($ 1,234)", -1234)]
    public void A_form_reads_what_people_mean(string form, string cell, double value) =>
        Assert.Equal((NumberSyntax.Finite, value), Read(NumberFormat.Parse(form), cell));

    [Theory]
    [InlineData("")]
    [InlineData("1.234.5")]
    [InlineData("12345")]
    [InlineData("1234.6")]
    [InlineData("-1234.5")]
    [InlineData("12,34.5")]
    [InlineData("1234.5 5")]
    public void What_is_no_form_is_refused(string text) =>
        Assert.Contains(
            "is not the number 1234.5 in any form",
            Assert.Throws<BackpropException>(() => NumberFormat.Parse(text)).Message,
            StringComparison.Ordinal);

    static (NumberSyntax Syntax, double Value) Read(NumberFormat format, string cell) =>
        (format.Read(cell, out double value), value);
}

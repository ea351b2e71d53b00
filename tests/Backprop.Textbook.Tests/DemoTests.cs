using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>What each word of the Textbook's command prints.</summary>
public sealed partial class DemoTests
{
    public static TheoryData<string> Words => new("indices", "rows", "scalars", "likelihood", "columns");

    [Theory]
    [MemberData(nameof(Words))]
    public void A_word_trains_its_system_and_shows_a_derivative_beside_its_difference(string word)
    {
        (int code, string output, string error) = Run(word);
        Assert.Equal((0, ""), (code, error));
        string[] lines = output.Split('\n');
        string[] derivatives = [.. lines.Where(line => line.Contains("by a central difference", StringComparison.Ordinal))];
        Assert.NotEmpty(derivatives);
        Assert.All(derivatives, line =>
        {
            double[] numbers = [.. Fraction().Matches(line).Select(match => Number(match.Value))];
            Assert.True(numbers.Length >= 2, line);
            Assert.All(numbers, number => Assert.True(Math.Abs(number - numbers[0]) <= 1.5e-9 && number != 0, line));
        });

        double[] losses =
        [
            .. lines.Select(line => Loss().Match(line)).Where(match => match.Success)
                .Select(match => Number(match.Groups["loss"].Value)),
        ];
        Assert.True(losses.Length >= 5);
        Assert.True(Math.Abs(losses[^1]) < Math.Abs(losses[0]) / 10, $"{losses[0]} to {losses[^1]}");
    }

    [Theory]
    [InlineData]
    [InlineData("index")]
    [InlineData("rows", "columns")]
    public void Another_word_is_answered_by_one_sentence_with_the_words_and_exit_2(params string[] words)
    {
        (int code, string output, string error) = Run(words);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal("Say which document's system to train: indices, rows, scalars, likelihood, columns.", error.TrimEnd());
    }

    static (int Code, string Output, string Error) Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(IndexForm).Assembly.Location, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+\.\d{9}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^after +\d+ steps: \w+ = (?<loss>-?[\d.E+-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loss();
}

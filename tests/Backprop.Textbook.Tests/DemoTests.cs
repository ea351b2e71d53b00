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
    [InlineData("indices")]
    [InlineData("rows")]
    [InlineData("columns")]
    public void The_outputs_are_those_after_the_steps_that_were_announced(string word)
    {
        string text = Run(word).Output;
        Match last = Loss().Matches(text).Last();
        Match[] outputs = [.. Output().Matches(text).Cast<Match>()];
        Assert.Equal(4, outputs.Length);
        Assert.All(outputs, output => Assert.Equal(last.Groups["steps"].Value, output.Groups["steps"].Value));

        // The loss that they make is the last one printed, to the digits that are printed of both: one step more or fewer shows.
        double[] o = [.. outputs.Select(output => Number(output.Groups["output"].Value))];
        (double loss, double slopes) = (0, 0);
        foreach ((double x, double t) in o.Zip([0.0, 1, 1, 0]))
        {
            loss += word == "indices" ? -Math.Log(1 - Math.Abs(x - t)) : (x - t) * (x - t) / 2;
            slopes += word == "indices" ? 1 / (1 - Math.Abs(x - t)) : Math.Abs(x - t);
        }

        double printed = Number(last.Groups["loss"].Value);
        Close.Within(printed, loss, 5e-7 * slopes + 5e-6 * printed, "the loss of the outputs");
    }

    [Fact]
    public void Indices_says_that_input_3_is_always_1_and_that_the_weights_from_it_are_the_biases()
    {
        string text = Run("indices").Output;
        Assert.Contains("Input 3 is 1 in every row", text, StringComparison.Ordinal);
        Assert.Contains("W(1)_31 to W(1)_34", text, StringComparison.Ordinal);
        Assert.Contains("the biases of level 1", text, StringComparison.Ordinal);
        Match[] rows = [.. Output().Matches(text).Cast<Match>()];
        Assert.All(rows, row => Assert.EndsWith(", 1)", row.Groups["what"].Value, StringComparison.Ordinal));

        // A bias's derivative is the sum of the deltas, and so is that of the weight from the input that is 1.
        string[] lines = text.Split('\n');
        string ofWeight = lines.Single(line => line.StartsWith("de/dW(1)_32", StringComparison.Ordinal));
        string ofBias = lines.Single(line => line.Contains("a bias's derivative", StringComparison.Ordinal));
        Assert.Equal(Fraction().Match(ofWeight).Value, Fraction().Match(ofBias).Value);
    }

    [Fact]
    public void Scalars_shows_every_path_of_a_weight_with_its_product_and_their_sum()
    {
        string text = Run("scalars").Output;
        foreach (string counted in (string[])["of layer 1 to the outputs: 4 paths", "of layer 2 to the outputs: 2 paths",
            "of layer 3 to the outputs: 1 path", "for all weights of a row: 40 paths"])
        {
            Assert.Contains(counted, text, StringComparison.Ordinal);
        }

        Match[] paths = [.. PathLine().Matches(text).Cast<Match>()];
        Assert.Equal(
            ["1 -> 1 -> 1", "1 -> 1 -> 2", "1 -> 2 -> 1", "1 -> 2 -> 2"], paths.Select(path => path.Groups["path"].Value));
        double sum = 0;
        foreach (Match path in paths)
        {
            // The printed factors are rounded to half of 10⁻⁶, each of which the product multiplies by the others.
            double[] factors = [.. path.Groups["factors"].Value.Split(" * ").Select(Number)];
            Assert.Equal(7, factors.Length);
            double product = factors.Aggregate((all, factor) => all * factor);
            double bound = 5e-7 * factors.Sum(factor => Math.Abs(product / factor)) + 1e-9;
            Close.Within(Number(path.Groups["product"].Value), product, bound, path.Value);
            sum += Number(path.Groups["product"].Value);
        }

        string total = text.Split('\n').Single(line => line.StartsWith("2 times their sum", StringComparison.Ordinal));
        Close.Within(2 * sum, Number(Fraction().Match(total).Value), 5e-9, "the sum over the paths");
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

    [GeneratedRegex(
        @"^after +(?<steps>\d+) steps: \w+ = (?<loss>-?[\d.E+-]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Loss();

    [GeneratedRegex(
        @"^after +(?<steps>\d+) steps, (?<what>[^:]+): (?<output>-?\d+\.\d{6})\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Output();

    [GeneratedRegex(
        @"^path (?<path>[\d> -]+): (?<factors>[\d.* -]+) = (?<product>-?\d+\.\d{9})\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex PathLine();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>docs/data-flow.md leads from a cell to its gradient through files that say what it says of them.</summary>
public sealed class DataFlowTests
{
    const int MostFiles = 20;

    static readonly string s_page = Repository.Read("docs/data-flow.md");

    [Fact]
    public void The_way_opens_few_files_and_each_once()
    {
        Step[] way = [.. Way()];
        Assert.InRange(way.Length, 2, MostFiles);
        Assert.Equal(Enumerable.Range(1, way.Length), way.Select(step => step.Number));
        Assert.Equal(way.Length, way.Select(step => step.File).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>White space is left out, so that a line may be broken anywhere.</summary>
    [Fact]
    public void The_files_of_the_way_have_the_methods_and_the_calls_that_it_names()
    {
        Assert.All(Way(), step =>
        {
            string file = Bare(Repository.Read(step.File));
            string[] methods = [.. Codes(step.Methods)];
            string[] calls = [.. Codes(step.Next).Where(code => code.Contains('('))];
            Assert.NotEmpty(methods);
            Assert.All(methods.Concat(calls), code => Assert.True(
                file.Contains(Bare(code), StringComparison.Ordinal), $"Step {step.Number}: {step.File} has no {code}."));
        });
        Assert.All(
            Regex.Matches(s_page, @"\(step (?<number>[0-9]+)\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)),
            step => Assert.InRange(int.Parse(step.Groups["number"].Value, CultureInfo.InvariantCulture), 2, Way().Count()));
    }

    /// <summary>A later step is reached from the one before it, or its number stands behind a call.</summary>
    [Fact]
    public void Every_step_is_called_by_one_before_it()
    {
        Step[] way = [.. Way()];
        for (int i = 1; i < way.Length; i++)
        {
            bool isNext = Codes(way[i - 1].Next).Any(code => code.Contains('('));
            bool isNamed = way[..i].Any(step => step.Next.Contains($"(step {way[i].Number})", StringComparison.Ordinal));
            Assert.True(isNext || isNamed || way[i].BeginsPart, $"Nothing leads to step {way[i].Number}.");
        }
    }

    [Fact]
    public void The_numbers_of_the_way_are_those_of_the_training()
    {
        const int Other = 300, Feature = 3;
        var table = Table.ReadCsv(Repository.PathOf("samples/penguins.csv"));
        TrainedModel trained = Model.Train(table, "species", new TrainOptions { Epochs = 1 });
        Column column = table["beak_length_mm"];
        Explanation rows = trained.Model.Explain(table, [0, Other]);
        (double first, double other) = (rows.Inputs[0, Feature], rows.Inputs[1, Feature]);
        double deviation = (column.Number(Other) - column.Number(0)) / (other - first);
        double mean = column.Number(0) - first * deviation;

        Assert.Equal(39.1, column.Number(0));
        Assert.Contains($"{column.Count - column.MissingCount} (two are missing)", s_page, StringComparison.Ordinal);
        Assert.Contains($"one of the {trained.TrainingRows} that", Spaced(s_page), StringComparison.Ordinal);
        Assert.Contains($"[{table.RowCount}, {trained.Features}]", s_page, StringComparison.Ordinal);
        Assert.Contains(
            $"39.1 − {Text(mean)} = {Text(39.1 - mean)}, which `Divide` divides by {Text(deviation)}: X⁰[0, 3] = {Text(first)}",
            Spaced(s_page), StringComparison.Ordinal);
        Assert.Equal(0, rows.Inputs[0, Feature + 1]);
        Assert.Contains("15 → 128*relu → 64*relu → 3*linear → softmax", rows.Network.ToString(), StringComparison.Ordinal);
        Assert.Equal("softmax-cross-entropy:smoothing=0.1", rows.Loss.Name);
        Assert.Equal((trained.TrainingRows + 31) / 32, trained.Steps);

        static string Text(double number) => number.ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    [Fact]
    public void The_page_names_a_file_of_every_part()
    {
        IEnumerable<string> parts = Repository.Files("src", "*.cs").Select(file => Path.GetDirectoryName(file)!)
            .Distinct(StringComparer.Ordinal);
        string[] apart = ["src/Backprop.Engine/Text", "src/Backprop.Cli/Output", "src/Backprop/Metrics"];
        Assert.All(
            parts.Where(part => !apart.Contains(part, StringComparer.Ordinal)
                && !part.Contains("/Elementary", StringComparison.Ordinal)),
            part => Assert.Contains($"`{part}/", s_page, StringComparison.Ordinal));
    }

    /// <summary>The numbered steps of the section "The way".</summary>
    static IEnumerable<Step> Way()
    {
        string way = s_page.Split("\n## ").Single(section => section.StartsWith("The way\n", StringComparison.Ordinal));
        return Regex.Matches(
            way,
            @"(?<part>\n\*\*[^\n]+(?:\n[^\n]+)*\n)?\n(?<number>[0-9]+)\. `(?<file>src/[^`]+)`: (?<methods>.+?)"
                + @"\n +- .+?\n +- Next: "
                + @"(?<next>.+?)(?=\n\n|\n[0-9]+\. |$)",
            RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(match => new Step(
                int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), match.Groups["file"].Value,
                match.Groups["methods"].Value, match.Groups["next"].Value, match.Groups["part"].Success));
    }

    static IEnumerable<string> Codes(string text) =>
        Regex.Matches(text, "`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10))
            .Select(match => match.Groups["code"].Value);

    static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A step of the way.</summary>
    /// <param name="Number">Counted from 1.</param>
    /// <param name="File">The file that is opened.</param>
    /// <param name="Methods">What to read in it.</param>
    /// <param name="Next">What leads on.</param>
    /// <param name="BeginsPart">Whether it is the first of a part, to which a call of the library leads.</param>
    sealed record Step(int Number, string File, string Methods, string Next, bool BeginsPart);
}

using System.Globalization;
using System.Text;
using Xunit;
using static Backprop.Tests.Examined;

namespace Backprop.Tests;

/// <summary>Models that are nearly perfect, and the columns that make them so.</summary>
public sealed class TooGoodTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_that_one_column_makes_nearly_perfect_is_suspicious(bool hasLeak)
    {
        var csv = new StringBuilder("leak,x,y\n");
        for (int i = 0; i < 800; i++)
            csv.Append(
                CultureInfo.InvariantCulture, $"{(hasLeak ? i % 2 * 5 : 0) + Random(i):F4},{Noise(i + 2000)},class{i % 2}\n");
        var options = new TrainOptions { Layers = [8], Epochs = 40, Test = 0.4, LearningRate = 0.01 };
        TrainedModel trained = Model.Train(Tabular.Csv(csv.ToString()), "y", options, new RunOptions { Started = _ => { } });
        Assert.Equal(
            hasLeak ? [(DataWarningKind.TooGood, "leak")] : [],
            trained.Warnings.Select(warning => (warning.Kind, warning.Column)));
        if (hasLeak)
        {
            Assert.Matches(
                "^The model is right in (99|100)\\.[0-9] % of the held-out rows, which may be too good to be true: without "
                + "'leak' it would know (nothing|\\d\\d % less); if that column is not known before the target is, train with "
                + "--ignore leak\\.$",
                trained.Warnings[0].Sentence);
        }
    }

    [Fact]
    public void Of_several_columns_that_it_takes_all_are_named()
    {
        DataWarning ofClasses = Assert.Single(Warnings(
            "a,b,x,y",
            random => (random.Next(2), random.Next(2)) is var (a, b)
                ? $"{"uw"[a]},{"vz"[b]},{random.NextDouble():F4},{(a == b ? "same" : "not")}"
                : ""));
        Assert.Matches(
            "^The model is right in 100\\.0 % of the held-out rows, .*: without '[ab]' or '[ab]' it would know (nothing|at least "
            + "\\d\\d % less); if those columns are not known before the target is, train with --ignore (a,b|b,a)\\.$",
            ofClasses.Sentence);
        DataWarning ofNumbers = Assert.Single(Warnings(
            "a,b,x,y",
            random => (random.NextDouble(), random.NextDouble()) is var (a, b)
                ? FormattableString.Invariant(
                    $"{a:F4},{b:F4},{random.NextDouble():F4},{2 * a + 3 * b + 0.04 * (random.NextDouble() - 0.5):F4}")
                : ""));
        Assert.Matches("R² 0\\.999\\d+\\), .* without 'b' or 'a' it would know at least \\d\\d % less", ofNumbers.Sentence);
    }

    [Theory]
    [InlineData("iris.csv", "species")]
    [InlineData("penguins.csv", "species")]
    [InlineData("diabetes.csv", "progression")]
    public void Of_clean_data_nothing_is_said(string file, string target)
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            Assert.Empty(Model.Train(
                Table.ReadCsv(Samples.PathOf(file)), target, new TrainOptions { Seed = seed, Epochs = 60 },
                new RunOptions { Started = _ => { } }).Warnings);
        }
    }

    static IEnumerable<DataWarning> Warnings(string header, Func<Random, string> row)
    {
        var random = new Random(3);
        Table table = Tabular.Csv($"{header}\n{string.Join('\n', Enumerable.Range(0, 600).Select(_ => row(random)))}\n");
        return Model.Train(table, "y", new TrainOptions { Epochs = 100 }, new RunOptions { Started = _ => { } }).Warnings;
    }
}

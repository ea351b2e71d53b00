using Xunit;

namespace Backprop.Tests;

/// <summary>Columns that tell the target together, and tables in which none do.</summary>
public sealed class JointLeaksTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(80)]
    public void Columns_that_add_up_to_the_target_are_found(int rows)
    {
        DataWarning warning = Only("temp,casual,registered,cnt", rows, random =>
        {
            (int casual, int registered) = (random.Next(400), random.Next(3000));
            return $"{random.Next(400) / 8.0},{casual},{registered},{casual + registered}";
        });
        Assert.Equal(
            "Columns 'casual' and 'registered' together add up to 'cnt', with factors of their own: if they are not known before "
            + "the target is, leave them out with --ignore casual,registered.",
            warning.Sentence);
        Assert.Equal((DataWarningKind.GiveTargetAwayTogether, "casual", 2.0), (warning.Kind, warning.Column, warning.Number));
    }

    [Fact]
    public void So_are_differences_and_many_parts_and_parts_that_are_rounded()
    {
        Assert.Contains("--ignore start,stop.", Only("n,start,stop,took", 300, random =>
        {
            double start = random.NextDouble() * 1000, took = 1 + random.NextDouble() * 90;
            return $"{random.NextDouble():F3},{start:F3},{start + took:F3},{took:F3}";
        }).Sentence, StringComparison.Ordinal);
        Assert.Contains("--ignore p0,p1,p2,p3,p4,p5,p6.", Only("p0,p1,p2,p3,p4,p5,p6,other,total", 300, random =>
        {
            double[] parts = [.. Enumerable.Range(0, 7).Select(_ => Math.Round(random.NextDouble() * 50, 2))];
            return string.Join(',', parts.Select(part => FormattableString.Invariant($"{part}")))
                + $",{random.NextDouble():F3},{parts.Sum():F1}";
        }).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_multiply_or_divide_to_the_target_are_found() => Assert.Contains(
        "Columns 'price' and 'area' together multiply or divide to 'each'",
        Only("year,price,area,each", 300, random =>
        {
            double price = 1e5 + random.Next(800_000), area = 30 + random.Next(1700) / 10.0;
            return $"{1900 + random.Next(120)},{price},{area},{price / area:F2}";
        }).Sentence,
        StringComparison.Ordinal);

    [Fact]
    public void Questions_of_two_columns_that_tell_the_class_are_found() => Assert.Contains(
        "Columns 'a' and 'k' together tell 100.0 % of the classes of 'y' right by a few questions",
        Only("n,a,k,y", 1000, random =>
        {
            (double a, int k) = (random.NextDouble(), random.Next(3));
            return $"{random.NextDouble():F4},{a:F4},k{k},{(a > 0.4 && k != 1 ? "both" : "not")}";
        }, "y").Sentence,
        StringComparison.Ordinal);

    /// <summary>Neither of the two says anything alone, so that a column of chance is most often asked before them.</summary>
    [Fact]
    public void A_column_that_is_not_needed_is_not_named()
    {
        DataWarning[] found =
        [
            .. Enumerable.Range(0, 20).SelectMany(seed => Examine("n,a,b,y", 600, random =>
            {
                (int a, int b) = (random.Next(2), random.Next(2));
                return $"{random.NextDouble():F4},{"uw"[a]},{"vz"[b]},{(a == b ? "same" : "not")}";
            }, "y", seed)),
        ];
        Assert.NotEmpty(found);
        Assert.All(found, warning => Assert.EndsWith("--ignore a,b.", warning.Sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(1)]
    public void A_sum_with_noise_is_no_leak(double noise) => Assert.Empty(Examine("a,b,y", 400, random =>
    {
        (double a, double b) = (random.NextDouble(), random.NextDouble());
        return $"{a:F4},{b:F4},{a + b + noise * (random.NextDouble() - 0.5):F4}";
    }, "y"));

    [Fact]
    public void More_columns_than_rows_explain_nothing() => Assert.Empty(Examine(
        string.Concat(Enumerable.Range(0, 90).Select(k => $"c{k},")) + "y", 80,
        random => string.Join(',', Enumerable.Range(0, 91).Select(_ => $"{random.NextDouble():F4}")), "y"));

    [Fact]
    public void A_column_that_tells_the_target_alone_is_named_alone() => Assert.Equal(
        [(DataWarningKind.GivesTargetAway, "total")],
        Examine("part,total,cnt", 300, random =>
        {
            int part = random.Next(300), total = part + random.Next(3000);
            return $"{part},{total},{total * 2}";
        }, "cnt").Select(warning => (warning.Kind, warning.Column)));

    static DataWarning Only(string header, int rows, Func<Random, string> row, string? target = null) =>
        Assert.Single(Examine(header, rows, row, target ?? header.Split(',')[^1]));

    static IReadOnlyList<DataWarning> Examine(string header, int rows, Func<Random, string> row, string target, int seed = 5)
    {
        var random = new Random(seed);
        return Model.Examine(
            Tabular.Csv($"{header}\n{string.Join('\n', Enumerable.Range(0, rows).Select(_ => row(random)))}\n"), [target]);
    }
}

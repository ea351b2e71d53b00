using System.Globalization;
using System.Text;
using Xunit;
using static Backprop.Tests.Examined;

namespace Backprop.Tests;

/// <summary>Each warning on a table made to provoke it, and silence on clean data.</summary>
public sealed class DataDoctorTests
{
    const int Rows = 200;

    [Theory]
    [InlineData("iris.csv", "species")]
    [InlineData("penguins.csv", "species")]
    [InlineData("penguins.csv", "island")]
    [InlineData("diabetes.csv", "progression")]
    public void Clean_data_are_nothing_to_warn_of(string file, string target)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        for (ulong seed = 0; seed < 5; seed++)
        {
            Assert.Empty(Model.Examine(table, [target], new TrainOptions { Seed = seed, Test = 0.2 }));
        }
    }

    /// <summary>Halves of a table drawn at random are no drift.</summary>
    [Theory]
    [InlineData("iris.csv", "species")]
    [InlineData("penguins.csv", "species")]
    [InlineData("diabetes.csv", "progression")]
    public void Random_halves_of_a_table_are_alike(string file, string target)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        for (int seed = 0; seed < 20; seed++)
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount)];
            new Random(seed).Shuffle(rows);
            Table first = Read(Samples.Csv(table, rows[..(rows.Length / 2)])),
                second = Read(Samples.Csv(table, rows[(rows.Length / 2)..]));
            Assert.Equal(
                [],
                Model.Examine(first, [target], new TrainOptions { ValidationTable = second })
                    .Select(warning => warning.Sentence));
        }
    }

    [Theory]
    [InlineData("the class as a number", "i % 3", "ignore leak")]
    [InlineData(
        "a number in other ranges for other classes", "i % 3 * 10 + i * 0.01", "tells 100.0 % of the classes of 'y' right")]
    [InlineData("a category of one class each", "a category", "ignore leak")]
    public void A_column_that_gives_a_class_away_is_found(string what, string cell, string sentence)
    {
        DataWarning warning = Only(
            Made("leak,noise,y", i => $"{Cell(cell, i)},{Noise(i)},class{i % 3}"), "y", DataWarningKind.GivesTargetAway);
        Assert.True(warning.Column == "leak", what);
        Assert.Equal(1.0, warning.Number);
        Assert.Contains(sentence, warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_missing_for_one_of_two_classes_gives_it_away()
    {
        DataWarning warning = Only(
            Made("leak,noise,y", i => $"{(i % 2 == 0 ? "" : Noise(i))},{Noise(i + 7)},class{i % 2}"),
            "y",
            DataWarningKind.GivesTargetAway);
        Assert.Equal("leak", warning.Column);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-2.54)]
    public void A_copy_of_a_number_in_another_unit_gives_it_away(double unit)
    {
        DataWarning warning = Only(
            Made("leak,noise,y", i => FormattableString.Invariant($"{Random(i) * unit + 3:F9},{Noise(i + 500)},{Random(i)}")),
            "y",
            DataWarningKind.GivesTargetAway);
        Assert.Equal("leak", warning.Column);
        Assert.Contains("correlation of 1.00000", warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_identifier_is_found()
    {
        DataWarning warning = Only(
            Made("customer_id,x,y", i => $"{1000 + i * 7},{Noise(i)},class{i % 2}"), "y", DataWarningKind.Identifier);
        Assert.Equal(("customer_id", 200.0), (warning.Column, warning.Number));
        Assert.Contains("--types customer_id=number", warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_there_twice_are_found()
    {
        Table table = Made("x,z,y", i => $"{Noise(i / 2)},{Noise(i / 2 + 999)},class{i / 2 % 2}");
        DataWarning warning = Only(table, "y", DataWarningKind.DuplicateRows);
        // Of 40 validation rows, all but those whose twin is beside them there.
        Assert.InRange(warning.Number, 20, 40);
        Assert.Contains("of 40 validation rows", warning.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_two_units_are_found()
    {
        Table table = Made("length;x;y", i => $"{i % 40 + 1}{(i % 2 == 0 ? " cm" : " in")};{i * 37 % 101};class{i % 2}");
        DataWarning warning = Only(table, "y", DataWarningKind.NumbersAsText);
        Assert.Equal("length", warning.Column);
        Assert.Contains("units that differ, such as '1 cm' and '2 in'", warning.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0},{1}")]
    [InlineData("${0}.{1}")]
    [InlineData("{0} %")]
    [InlineData("1.{0:000}.{1:000}")]
    [InlineData("0{0}")]
    public void Of_numbers_that_were_read_as_such_and_of_codes_nothing_is_said(string format)
    {
        Table table = Made(
            "price;x;y",
            i => $"{string.Format(CultureInfo.InvariantCulture, format, i % 40, i % 10)};{i * 37 % 101};class{i % 2}");
        Assert.DoesNotContain(Model.Examine(table, ["y"]), warning => warning.Kind == DataWarningKind.NumbersAsText);
    }

    [Fact]
    public void Of_a_kind_that_was_given_nothing_is_said()
    {
        string text = "grade,x,y\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 9 / 2.0},{i * 37 % 101},class{i % 2}\n"));
        Table table = Tabular.Csv(
            text, new CsvOptions { Types = new Dictionary<string, ColumnKind> { ["grade"] = ColumnKind.Category } });
        Assert.DoesNotContain(Model.Examine(table, ["y"]), warning => warning.Kind == DataWarningKind.NumbersAsText);
    }

    [Fact]
    public void Words_among_numbers_are_found_and_named()
    {
        Table table = Made("x,z,y", i => $"{(i % 9 == 0 ? "unknown" : Noise(i))},{Noise(i + 300)},class{i % 2}");
        DataWarning warning = Only(table, "y", DataWarningKind.NumbersAsText);
        Assert.Contains("--missing +unknown", warning.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Red", "red", "capital letters: 'Red' and 'red'")]
    [InlineData("new york", "newyork", "blanks: 'new york' and 'newyork'")]
    [InlineData("gr\u00fcn", "gru\u0308n", "the form of their Unicode: 'gru\\u0308n' and 'gr\u00fcn'")]
    [InlineData("A1", "\uff21\uff11", "the form of their Unicode: 'A1' and '\uff21\uff11'")]
    [InlineData("soft\u00adware", "software", "the form of their Unicode: 'software' and 'soft\\u00adware'")]
    public void Labels_written_in_two_ways_are_found(string one, string other, string what)
    {
        string[] labels = [one, other, "blue"];
        DataWarning ofInput = Only(
            Made("k,x,y", i => $"\"{labels[i % 3]}\",{Noise(i)},class{i / 3 % 2}"), "y", DataWarningKind.SimilarLabels);
        Assert.Equal(("k", 1.0), (ofInput.Column, ofInput.Number));
        Assert.Contains($"differ only in {what};", ofInput.Sentence, StringComparison.Ordinal);
        DataWarning ofTarget = Only(
            Made("x,z,y", i => $"{Noise(i)},{Noise(i + 400)},\"{labels[i % 3]}\""), "y", DataWarningKind.SimilarLabels);
        Assert.Equal("y", ofTarget.Column);
    }

    [Fact]
    public void Classes_that_are_far_from_equally_frequent_are_found_where_none_are_weighted()
    {
        Table table = Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},{(i % 14 == 0 ? "sick" : "well")}");
        DataWarning warning = Only(table, "y", DataWarningKind.Imbalance);
        Assert.Matches("always guessing 'well' is right in 9[23] %; --class-weights balanced", warning.Sentence);
        Assert.Empty(Model.Examine(table, ["y"], new TrainOptions { ClassWeights = "balanced" }));
        Assert.Empty(Model.Examine(Made("x,z,y", i => $"{Noise(i)},{Noise(i + 300)},{(i % 6 == 0 ? "sick" : "well")}"), ["y"]));
    }

    [Fact]
    public void Columns_that_are_different_in_a_validation_file_are_found()
    {
        Table training = Made("x,k,z,y", i => $"{Noise(i)},k{i / 2 % 4},{Noise(i + 300)},class{i % 2}");
        Table other = Made(
            "x,k,z,y", i => FormattableString.Invariant($"{Random(i) + 0.5:F4},k{i / 2 % 5 + 3},{Noise(i + 800)},class{i % 2}"));
        IReadOnlyList<DataWarning> warnings = Model.Examine(training, ["y"], new TrainOptions { ValidationTable = other });
        Assert.Equal(["x", "k"], warnings.Select(warning => warning.Column).ToArray());
        Assert.All(warnings, warning => Assert.Equal(DataWarningKind.Drift, warning.Kind));
        Assert.All(warnings, warning => Assert.InRange(warning.Number, 0.3, 1));
        Assert.Contains("--validation 0.2", warnings[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_beyond_single_precision_are_found_and_double_holds_them()
    {
        Table table = Made(
            "time,huge,x,y",
            i => FormattableString.Invariant($"{1700000000 + i * 37 % 101},{(i + 1) * 1e40},{Noise(i)},class{i % 2}"));
        var asTheyAre = new TrainOptions { Encode = EncodeKind.None };
        IReadOnlyList<DataWarning> warnings = Model.Examine(table, ["y"], asTheyAre);
        Assert.Equal(["time", "huge"], warnings.Select(warning => warning.Column));
        Assert.All(warnings, warning => Assert.Equal(DataWarningKind.BeyondSinglePrecision, warning.Kind));
        // Single precision has 24 bits: from 2³⁰ to 2³¹ it goes in steps of 128.
        Assert.InRange(warnings[0].Number, 32, 64);
        Assert.All(warnings, warning => Assert.Contains("--precision double", warning.Sentence, StringComparison.Ordinal));
        Assert.Empty(Model.Examine(table, ["y"], asTheyAre with { Precision = Precision.Double }));
        // Numbers that are standardised are so in double.
        Assert.Empty(Model.Examine(table, ["y"]));
    }

    /// <summary>Whatever the missing cells and the rows that do not fill a vector are.</summary>
    [Theory]
    [InlineData(1_000_000, 1000, false)]
    [InlineData(1_000_000, 50_000_000, false)]
    [InlineData(1, 0.00005, true)]
    [InlineData(100_000_000, 1000, true)]
    public void Numbers_are_warned_of_by_their_rounding_and_deviation(double mean, double deviation, bool isWarned)
    {
        object Number(int i) => i % 7 == 0 ? "" : mean + (Random(i) - 0.5) * deviation;
        Table table = Made("n,x,y", i => FormattableString.Invariant($"{Number(i)},{Noise(i)},class{i % 2}"));
        Assert.Equal(
            isWarned ? ["n"] : [],
            Model.Examine(table, ["y"], new TrainOptions { Encode = EncodeKind.None }).Select(warning => warning.Column));
    }

    /// <summary>A column that tells most classes but not nearly all is no leak, though some of its rows look like one.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(400, false)]
    public void A_leak_is_told_from_all_rows_and_not_from_some(int noisy, bool isLeak)
    {
        var csv = new StringBuilder("leak,x,y\n");
        for (int i = 0; i < 4000; i++)
        {
            double leak = i >= 4000 - noisy ? Random(i) * 3 : i % 3 + Random(i) * 0.9;
            csv.Append(CultureInfo.InvariantCulture, $"{leak:F4},{Noise(i)},class{i % 3}\n");
        }

        Assert.Equal(isLeak ? ["leak"] : [], Model.Examine(Read(csv.ToString()), ["y"]).Select(warning => warning.Column));
    }

    /// <summary>All columns but the last are the same in every second pair of rows: a few columns alone do not tell.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_are_twice_there_only_where_all_columns_are(bool isLastTheSame)
    {
        string names = string.Concat(Enumerable.Range(0, 20).Select(k => $"c{k},"));
        int Seed(int i, int k) => k * 1000 + (k == 19 && !isLastTheSame ? i : i / 2);
        Table table = Made(
            names + "y", i => string.Concat(Enumerable.Range(0, 20).Select(k => $"{Noise(Seed(i, k))},")) + $"class{i / 2 % 2}");
        IReadOnlyList<DataWarning> warnings = Model.Examine(table, ["y"]);
        Assert.Equal(isLastTheSame ? [DataWarningKind.DuplicateRows] : [], warnings.Select(warning => warning.Kind));
    }

    [Fact]
    public void Training_is_told_before_it_begins()
    {
        TrainingStart? start = null;
        Table table = Made("c,customer_id,x,y", i => $"5,{1000 + i * 7},{Noise(i)},class{i % 2}");
        _ = Model.Train(table, "y", Samples.Short with { Epochs = 1 }, new RunOptions { Started = told => start = told });
        Assert.Equal([DataWarningKind.Identifier, DataWarningKind.Constant], start!.Warnings.Select(warning => warning.Kind));
        // What a warning says of a column, no note says again.
        Assert.DoesNotContain(start.Notes, note => note.Contains("customer_id", StringComparison.Ordinal));
    }

    static string Cell(string form, int i) => form switch
    {
        "i % 3" => $"{i % 3}",
        "a category" => $"k{i % 3}{(i / 3 % 2 == 0 ? "a" : "b")}",
        _ => FormattableString.Invariant($"{i % 3 * 10 + i * 0.01}"),
    };

    static Table Made(string header, Func<int, string> row) => Read(
        header + "\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => row(i) + "\n")));

    static Table Read(string csv) => Table.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "made.csv");
}

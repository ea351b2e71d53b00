using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

/// <summary>
/// Columns of numbers with separators, units and signs: read where they leave no doubt, refused in use where they do.
/// </summary>
public sealed class NumbersAsPeopleWriteThemTests
{
    [Theory]
    [InlineData("664;1,758;98;1,002", "1,234.5", new[] { 664d, 1758, 98, 1002 })]
    [InlineData("1,234.5;12", "1,234.5", new[] { 1234.5, 12 })]
    [InlineData("1,234,567;12", "1,234.5", new[] { 1234567d, 12 })]
    [InlineData("1.059,20;3", "1.234,5", new[] { 1059.2, 3 })]
    [InlineData("950 €;1.234 €", "1.234,5 €", new[] { 950d, 1234 })]
    [InlineData("1.234.567;3", "1.234,5", new[] { 1234567d, 3 })]
    [InlineData("3,5;0,793", "1234,5", new[] { 3.5, 0.793 })]
    [InlineData("0,793;1,822", "1234,5", new[] { 0.793, 1.822 })]
    [InlineData("1 234;5;1\u00A0234\u00A0567", "1 234.5", new[] { 1234d, 5, 1234567 })]
    [InlineData("1 234,5;5", "1 234,5", new[] { 1234.5, 5 })]
    [InlineData("1'234.5;5", "1'234.5", new[] { 1234.5, 5 })]
    [InlineData("\u22125;3", "1234.5", new[] { -5d, 3 })]
    [InlineData("(12);3", "1234.5", new[] { -12d, 3 })]
    [InlineData("12 %;3.5%;- 4 %", "1234.5 %", new[] { 12, 3.5, -4 })]
    [InlineData("$5;$1,234.50;-$3;($2)", "$1,234.5", new[] { 5, 1234.5, -3, -2 })]
    [InlineData("5 kg;7.5 kg", "1234.5 kg", new[] { 5, 7.5 })]
    [InlineData(" 36 months; 60 months", "1234.5 months", new[] { 36d, 60 })]
    [InlineData("1234.5 EUR;+3 EUR", "1234.5 EUR", new[] { 1234.5, 3 })]
    [InlineData("1,23,456;45,07,110.50;999", "1,234.5", new[] { 123456, 4507110.5, 999 })]
    [InlineData("28,097.35-;3.5", "1,234.5", new[] { -28097.35, 3.5 })]
    [InlineData("CHF 4'507'110.–;CHF 5.50", "CHF1'234.5", new[] { 4507110, 5.5 })]
    [InlineData("€ 1.100,-;€ 3,50", "€1.234,5", new[] { 1100, 3.5 })]
    [InlineData("24M;3.5M", "1234.5 M", new[] { 24, 3.5 })]
    [InlineData("100;1.234", "1.234,5", new[] { 100d, 1234 })]
    public void Numbers_in_one_form_are_read_and_the_form_is_kept(string cells, string form, double[] values)
    {
        Table table = Read(cells);
        Column column = table["a"];
        Assert.Equal((ColumnKind.Number, form), (column.Kind, column.NumberFormat?.ToString()));
        Assert.Equal(values, Numbers(column));
        Assert.Contains($"Column 'a' writes numbers as {form}: ", Assert.Single(table.Notes), StringComparison.Ordinal);

        // And again in the way that was found, of each cell alone.
        foreach ((string cell, double value) in cells.Split(';').Zip(values))
        {
            var options = new CsvOptions
            {
                Delimiter = ';',
                Numbers = new Dictionary<string, NumberFormat> { ["a"] = NumberFormat.Parse(form) },
            };
            Assert.Equal([value], Numbers(Csv($"a;b\n{cell};x\n", options)["a"]));
        }
    }

    [Theory]
    [InlineData("1;2.5;1e3;-4;+5")]
    [InlineData("1.234;2.345;3.456")]
    [InlineData("100;1.234")]
    public void Plain_numbers_stay_what_they_were(string cells)
    {
        Table table = Csv("a,b\n" + string.Concat(cells.Split(';').Select(cell => $"{cell},x\n")));
        Column column = table["a"];
        Assert.Equal(ColumnKind.Number, column.Kind);
        Assert.Null(column.NumberFormat);
        Assert.Empty(table.Notes);
        Assert.Equal(
            [.. cells.Split(';').Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))],
            Numbers(column));
    }

    [Theory]
    [InlineData("5 kg;3 m")]
    [InlineData("1st;2nd;3rd")]
    [InlineData("1A;2A")]
    [InlineData("12%;0.12")]
    [InlineData("2020-01-01;2020-01-02")]
    [InlineData("1.2.3;1.2.4")]
    [InlineData("10-20;20-30")]
    [InlineData("Type 1;Type 2")]
    [InlineData("1,2,3;4,5")]
    [InlineData("12:30;12:45")]
    [InlineData("4.5M;281k")]
    [InlineData("1,2,345;12,34,56")]
    [InlineData("12e-3;12e--3")]
    public void Texts_stay_texts(string cells) => Assert.Equal(ColumnKind.Category, Read(cells)["a"].Kind);

    [Theory]
    [InlineData("1,234;2,345", "1,234", "1.234 or 1234")]
    [InlineData("2;1,758;3", "1,758", "1.758 or 1758")]
    [InlineData("1.459 €;1.529 €", "1.459 €", "1.459 or 1459")]
    public void A_column_that_can_be_read_in_two_ways_is_refused_when_it_is_used(string cells, string cell, string readings)
    {
        Table table = Read(cells);
        Assert.Equal(ColumnKind.Text, table["a"].Kind);
        string sentence = Assert.Throws<BackpropException>(() => Model.Examine(table, ["b"])).Message;
        Assert.Contains(
            $"column 'a': '{cell}' can be {readings}, and neither the column nor the file tells",
            sentence,
            StringComparison.Ordinal);
        Assert.Contains("--decimal . reads", sentence, StringComparison.Ordinal);
        Assert.Contains("--decimal , reads", sentence, StringComparison.Ordinal);
        Assert.Contains("--numbers \"a=1", sentence, StringComparison.Ordinal);

        // Each way that the sentence names leads to what it says.
        double[] values =
            [.. readings.Split(" or ").Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        double[] read = [.. from sign in ".," select Numbers(
            Read(cells, new CsvOptions { Decimal = sign })["a"])[cells.Split(';').IndexOf(cell)]];
        Assert.Equal(values.Order(), read.Order());
        Model.Examine(Read(cells), ["b"], new TrainOptions { Ignore = ["a"], Validation = 0 });
    }

    [Theory]
    [InlineData("3,5", new[] { 1.234, 2.345 })]
    [InlineData("1,234.5", new[] { 1234d, 2345 })]
    [InlineData("3.5", new[] { 1234d, 2345 })]
    public void What_a_column_leaves_open_another_tells(string other, double[] values)
    {
        Table table = Csv($"a;b;c\n1,234;{other};x\n2,345;{other};y\n", new CsvOptions { Delimiter = ';' });
        Assert.Equal(values, Numbers(table["a"]));
    }

    [Fact]
    public void A_few_pairs_parted_by_commas_among_whole_numbers_are_no_decimals()
    {
        Assert.Equal(ColumnKind.Category, Csv("a,b\n2,1\n0,2\n\"2,2\",3\n3,4\n")["a"].Kind);
        Assert.Equal([2, 0, 2.2, 3], Numbers(Csv("a,b\n2,\"1,5\"\n0,\"2,5\"\n\"2,2\",\"3,5\"\n3,\"4,5\"\n")["a"]));
        Assert.Equal([2, 0, 2.2, 3], Numbers(Csv("a;b\n2;1\n0;2\n2,2;3\n3;4\n")["a"]));
        Assert.Equal(["008", "978,756"], Csv("a,b\n008,1\n\"978,756\",2\n")["a"].Categories);
    }

    [Fact]
    public void A_code_for_two_letters_that_means_missing_is_said()
    {
        Table table = Csv("a,b\nEU,1\nNA,2\nAS,3\nAF,4\nOC,5\n");
        Assert.Equal(
            "Column 'a': 1 cell 'NA' is taken for missing, but the others are two letters too; --not-missing NA keeps it.",
            Assert.Single(table.Notes));
        Assert.Empty(Csv("a,b\nEurope,1\nNA,2\nAsia,3\nAfrica,4\nOther,5\n").Notes);
    }

    [Fact]
    public void Codes_with_letters_among_them_are_no_numbers_with_mistakes()
    {
        string cells = string.Join(';', Enumerable.Range(0, 60).Select(i => i == 30 ? "2A" : $"{i % 4:00}"));
        Assert.Equal(["00", "01", "02", "03", "2A"], Read(cells)["a"].Categories.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Points_part_thousands_where_other_columns_have_decimal_commas()
    {
        Table table = Csv("a;b;c\n1.234;3,5;1\n2.345;4,5;2\n", new CsvOptions { Delimiter = ';' });
        Assert.Equal([1234d, 2345], Numbers(table["a"]));
        Assert.Equal(
            [1234d, 2345], Numbers(Csv("a;c\n1.234;1\n2.345;2\n", new CsvOptions { Delimiter = ';', Decimal = ',' })["a"]));
    }

    [Fact]
    public void A_decimal_comma_that_was_given_is_taken_but_not_silently()
    {
        Table table = Read("664;1,758", new CsvOptions { Decimal = ',' });
        Assert.Equal([664, 1.758], Numbers(table["a"]));
        Assert.Contains(
            "'1,758' is read with , as the decimal sign, as --decimal says, but",
            Assert.Single(table.Notes),
            StringComparison.Ordinal);
        Assert.Empty(Read("664;1,75", new CsvOptions { Decimal = ',' }).Notes);
    }

    [Fact]
    public void Of_columns_alike_one_sentence_speaks()
    {
        Table table = Csv("a;b;c;d\n1,5;2,5;01;-\n2,5;3,5;02;7\n");
        Assert.Equal(
        [
            "Columns 'a' and 'b' write numbers as 1234,5: '1,5' is 1.5.",
            "Column 'c' is taken for codes, not numbers, because of cells such as '01'; --types c=number takes numbers.",
            "Column 'd' has 1 mark such as - among numbers, taken for missing.",
        ],
        table.Notes);
    }

    [Theory]
    [InlineData("5.1,3.5,setosa\n4.9,3.0,setosa\n", true)]
    [InlineData("6,148,0\n1,85,1\n", true)]
    [InlineData("6,?,0\n1,85,1\n2,3,4\n", true)]
    [InlineData("2009;23,288;9.7\n2009;1,288;8.5\n2010;999;7.5\n", true)]
    [InlineData("name,2019,2020,2021\nx,1,2,3\n", false)]
    [InlineData("0,1,2,y\n5.1,3.5,1.4,a\n", false)]
    [InlineData("a,5\n1,2\n", false)]
    public void A_row_in_the_place_of_the_header_is_said(string text, bool isSaid) =>
        Assert.Equal(
            isSaid, Csv(text).Notes.Any(note => note.EndsWith("if it is a row, use --no-header.", StringComparison.Ordinal)));

    [Fact]
    public void A_column_in_two_forms_is_refused_when_it_is_used()
    {
        Table table = Read("3.5;1,5");
        string sentence = Assert.Throws<BackpropException>(() => Model.Examine(table, ["b"])).Message;
        Assert.Contains(
            "line 3, column 'a': '1,5' is written in another way than the numbers before it, such as '3.5'",
            sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Three_digits_behind_points_and_behind_commas_are_two_forms_whatever_other_columns_say()
    {
        Table table = Csv("a;b;c\n45.071;3.5;1\n28,097;4.5;2\n", new CsvOptions { Delimiter = ';' });
        string sentence = Assert.Throws<BackpropException>(() => Model.Examine(table, ["c"])).Message;
        Assert.Contains(
            "line 3, column 'a': '28,097' is written in another way than the numbers before it, such as '45.071'",
            sentence,
            StringComparison.Ordinal);
        var given = new CsvOptions
        {
            Delimiter = ';',
            Numbers = new Dictionary<string, NumberFormat> { ["a"] = NumberFormat.Parse("1234.5") },
        };
        Assert.Contains(
            "line 3, column 'a': '28,097' is not written as the numbers of this column are known to be, 1234.5 as 1234.5;",
            Assert.Throws<BackpropException>(() => Csv("a;b\n45.071;1\n28,097;2\n", given)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_semicolons_part_cells_a_point_before_three_digits_is_not_read_silently()
    {
        Table table = Csv("a;b\n1.100;x\n2.137;y\n");
        Assert.Equal([1.1, 2.137], Numbers(table["a"]));
        Assert.Equal(
            "Column 'a': '1.100' is read as 1.1; if the point parts thousands, use --decimal ,", Assert.Single(table.Notes));
        Assert.Empty(Csv("a,b\n1.100,x\n2.137,y\n").Notes);
        Assert.Empty(Csv("a;b\n1.100;0.5\n2.137;0.7\n").Notes);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public void One_decimal_anywhere_shows_that_points_part_no_thousands(int place)
    {
        Assert.Equal(1.1, Made("7.25")["a"].Number(0));
        Assert.Empty(Made("7.25").Notes);
        Assert.Single(Made("7.250").Notes);

        Table Made(string one) => Csv(
            "a;b\n" + string.Concat(
                Enumerable.Range(0, 600).Select(i => $"{(i == place ? one : $"{i % 9 + 1}.{i % 800 + 100}")};x\n")));
    }

    [Fact]
    public void A_form_that_was_given_is_not_argued_with()
    {
        var options = new CsvOptions { Numbers = new Dictionary<string, NumberFormat> { ["a"] = NumberFormat.Parse("1.234,5") } };
        Assert.Equal([1234d, 5], Numbers(Read("1.234;5", options)["a"]));
    }

    [Theory]
    [InlineData("-;1;.;2", new[] { double.NaN, 1, double.NaN, 2 })]
    [InlineData("5 %;-;2 %", new[] { 5, double.NaN, 2 })]
    public void Dashes_and_points_among_numbers_are_missing(string cells, double[] values)
    {
        Table table = Read(cells);
        Assert.Equal(values, Numbers(table["a"]));
        Assert.Contains(
            table.Notes, note => note.EndsWith("such as - among numbers, taken for missing.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-;a;b", 3)]
    [InlineData("-;-", 1)]
    [InlineData("1;-;a", 3)]
    public void Dashes_among_texts_are_texts(string cells, int categories)
    {
        Column column = Read(cells)["a"];
        Assert.Equal((ColumnKind.Category, categories, 0), (column.Kind, column.Categories.Count, column.MissingCount));
    }

    [Fact]
    public void What_pandas_takes_for_missing_is_missing()
    {
        string[] tokens = [.. CsvOptions.UsualMissingTokens.Where(token => token.Length > 0)];
        Column column = Csv(
            "a;b\n" + string.Concat(tokens.Select(token => $"{token};x\n")) + "1.5;x\n", new CsvOptions { Delimiter = ';' })["a"];
        Assert.Equal((ColumnKind.Number, tokens.Length), (column.Kind, column.MissingCount));
    }

    [Theory]
    [InlineData("01;1;10", new[] { "01", "1", "10" })]
    [InlineData("10001;02139;10001", new[] { "10001", "02139" })]
    [InlineData("9007199254740993;9007199254740992;9007199254740993", new[] { "9007199254740993", "9007199254740992" })]
    [InlineData("1;00", new[] { "1", "00" })]
    public void Codes_keep_their_text(string cells, string[] categories)
    {
        Table table = Read(cells);
        Column column = table["a"];
        Assert.Equal(ColumnKind.Category, column.Kind);
        Assert.Equal(categories, column.Categories);
        Assert.Contains("is taken for codes", Assert.Single(table.Notes), StringComparison.Ordinal);
        var number = new CsvOptions { Types = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Number } };
        Assert.Equal(ColumnKind.Number, Read(cells, number)["a"].Kind);
    }

    [Theory]
    [InlineData("0.5;00.5;0")]
    [InlineData("0;1;10")]
    [InlineData("007.5;1")]
    public void Numbers_with_zeros_stay_numbers(string cells) => Assert.Equal(ColumnKind.Number, Read(cells)["a"].Kind);

    [Fact]
    public void Among_labels_a_text_is_no_mistake()
    {
        string cells = string.Join(';', Enumerable.Range(0, 60).Select(i => i == 30 ? "U" : $"{i % 4}"));
        Assert.Throws<BackpropException>(() => Read(cells));
        Column column = Read(cells, new CsvOptions { Labels = ["a"] })["a"];
        Assert.Equal(["0", "1", "2", "3", "U"], column.Categories.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Labels_with_a_unit_keep_their_text()
    {
        Assert.Equal(["10 %", "20 %"], Read("10 %;20 %;10 %;20 %", new CsvOptions { Labels = ["a"] })["a"].Categories);
        Assert.Equal([10d, 20, 30], Numbers(Read("10 %;20 %;30 %", new CsvOptions { Labels = ["a"] })["a"]));
        Assert.Equal(["1,5", "2,5"], Read("1,5;2,5", new CsvOptions { Labels = ["a"], AreLabels = true })["a"].Categories);
        Assert.Equal(ColumnKind.Number, Read("1;2", new CsvOptions { Labels = ["a"], AreLabels = true })["a"].Kind);
    }

    static Table Read(string cells, CsvOptions options = default) =>
        Csv(
            "a;b;c\n" + string.Concat(cells.Split(';').Select((cell, i) => $"{cell};{i % 2};{i * 7}\n")),
            options with { Delimiter = ';' });
}

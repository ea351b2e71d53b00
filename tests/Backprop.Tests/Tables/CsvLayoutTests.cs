using System.Globalization;
using System.Text;
using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

/// <summary>Lines that are none of the table's, and what stands between cells.</summary>
public class CsvLayoutTests
{
    const string Rows = "1,2,3\n4,5,6\n7,8,9\n";

    [Theory]
    [InlineData("sep=;\na;b;y\n1;2;3\n4;5;6\n7;8;9\n")]
    [InlineData("\"sep=;\"\r\na;b;y\r\n1;2;3\r\n4;5;6\r\n7;8;9\r\n")]
    [InlineData("SEP=\t\na\tb\ty\n1\t2\t3\n4\t5\t6\n7\t8\t9\n")]
    [InlineData("sep=:\na:b:y\n1:2:3\n4:5:6\n7:8:9\n")]
    public void Obeys_the_line_by_which_a_spreadsheet_names_the_delimiter(string text) => IsTable(text);

    [Theory]
    [InlineData("Quarterly report\n\na,b,y\n" + Rows, 1, 3)]
    [InlineData("Quarterly report\r\r\na,b,y\r\n" + Rows, 1, 3)]
    [InlineData("Station: Berlin\nFrom May, to June\na,b,y\n" + Rows, 2, 3)]
    [InlineData("Report,,\n,,\na,b,y\n" + Rows, 1, 3)]
    [InlineData("\"Report, 2020, Q1\"\na,b,y\n" + Rows, 1, 2)]
    [InlineData("% a\n% b\na,b,y\n" + Rows, 2, 3)]
    public void Leaves_out_lines_above_the_header_and_says_so(string text, int last, int header)
    {
        string lines = last == 1 ? "Line 1 stands" : $"Lines 1 to {last} stand";
        Assert.StartsWith(lines, Assert.Single(IsTable(text).Notes), StringComparison.Ordinal);
        Assert.Contains($"above the header in line {header} ", IsTable(text).Notes[0], StringComparison.Ordinal);
        Assert.EndsWith($"--skip {header - 1}.", IsTable(text).Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# instrument 7\n# 2020-01-01\na,b,y\n" + Rows, "Lines 1 to 2 begin with '#'")]
    [InlineData("#TYPE System.Object\r\n\"a\",\"b\",\"y\"\r\n" + Rows, "Line 1 begins with '#'")]
    [InlineData("# a\n# b, c\n# d, e, f\na,b,y\n" + Rows, "Lines 1 to 3 begin with '#'")]
    public void Leaves_out_comments_above_the_header_and_says_so(string text, string note) =>
        Assert.StartsWith(note, Assert.Single(IsTable(text).Notes), StringComparison.Ordinal);

    [Theory]
    [InlineData("# a b y\n1 2 3\n4 5 6\n7 8 9\n")]
    [InlineData("# made by me\n# a,b,y\n" + Rows)]
    [InlineData("#a b y\n1 2 3\n4 5 6\n7 8 9\n")]
    public void Takes_names_out_of_a_comment_that_is_a_header(string text) =>
        Assert.EndsWith("names the columns, though it begins with '#'.", IsTable(text).Notes[^1], StringComparison.Ordinal);

    [Theory]
    [InlineData("% made by a program\n% a b y\n")]
    [InlineData("% made by a program on a day\na b y\n")]
    public void Names_the_flag_for_comments_of_other_tools_over_cells_parted_by_blanks(string above)
    {
        string text = above + "1 2 3\n4 5 6\n7 8 9\n";
        string sentence = Refusal(() => Csv(text));
        Assert.Contains("line 1: it begins with '%'", sentence, StringComparison.Ordinal);
        Assert.EndsWith("--comment % leaves them out.", sentence, StringComparison.Ordinal);
        IsTable(text, new CsvOptions { Comment = '%' });
        Assert.EndsWith(
            "--comment % leaves them out.", Csv(text, new CsvOptions { HasHeader = false }).Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Total,12,15\n", "The last line (5) says 'Total': if it is a sum of the rows, delete it.")]
    [InlineData("summe:,12,15\n\n", "The last line (5) says 'summe:': if it is a sum of the rows, delete it.")]
    [InlineData("south,12,15\n", null)]
    [InlineData("north,12,15\n", null)]
    public void Says_that_the_last_line_may_be_a_sum(string last, string? note)
    {
        Table table = Csv("region,b,y\nnorth,2,3\neast,5,6\nwest,8,9\n" + last);
        Assert.Equal(4, table.RowCount);
        Assert.Equal(note, table.Notes.SingleOrDefault());
    }

    [Fact]
    public void A_sum_is_not_spoken_of_where_rows_begin_with_numbers_or_say_so_more_than_once()
    {
        Assert.DoesNotContain(
            Csv("a,b,y\n" + Rows + "total,9,9\n").Notes, note => note.Contains("sum", StringComparison.Ordinal));
        Assert.Empty(Csv("a,y\ntotal,1\npart,2\npart,3\ntotal,4\n").Notes);
    }

    [Theory]
    [InlineData("| a | b | y |\n|---|:--|--:|\n| u | 2 | x |\n")]
    [InlineData("a|b|y\n---|:-:|---\nu|2|x\n")]
    public void Leaves_out_the_rule_of_a_markdown_table_of_any_length(string text)
    {
        Table table = Csv(text);
        Assert.Equal((1, "u", "x"), (table.RowCount, table["a"].Text(0), table["y"].Text(0)));
        Assert.Equal(2, table["b"].Number(0));
        Assert.Contains("Line 2 is a rule below the header, as Markdown has it, and is left out.", table.Notes);
    }

    [Fact]
    public void A_name_may_begin_with_a_comment_sign()
    {
        Assert.Equal(["#id", "a"], Names(Csv("#id,a\n5,2\n3,4\n")));
        Assert.Equal(["#FF", "1"], Names(Csv("#FF,1\n#0F,2\n#F0,3\n")));
    }

    [Theory]
    [InlineData("a,b,y\n1,2,3\n# so far\n4,5,6\n7,8,9\n# the end\n")]
    [InlineData("# a,b,y\n1,2,3\n4,5,6\n#\n7,8,9\n")]
    [InlineData("# x\na,b,y\n1,2,3\n# a \"quote\n4,5,6\n7,8,9\n")]
    public void Comments_are_left_out_anywhere_on_request(string text) => IsTable(text, new CsvOptions { Comment = '#' });

    [Fact]
    public void A_comment_sign_inside_quotes_is_none()
    {
        Table table = Csv("a,b\n\"x\n# y\",1\n#,2\nz,3\n", new CsvOptions { Comment = '#', KeepText = ["a"] });
        Assert.Equal(["x\n# y", "z"], Texts(table["a"]));
    }

    [Theory]
    [InlineData(2, "x\ny,y,y,y\na,b,y\n" + Rows)]
    [InlineData(2, "x\r\n\r\na,b,y\r\n" + Rows)]
    [InlineData(1, "\"open\na,b,y\n" + Rows)]
    [InlineData(3, "1\r2\r3\ra,b,y\r1,2,3\r4,5,6\r7,8,9\r")]
    public void Skips_lines_on_request(int lines, string text)
    {
        Assert.Empty(IsTable(text, new CsvOptions { Skip = lines }).Notes);
    }

    [Fact]
    public void Lines_that_are_left_out_are_counted()
    {
        Assert.Equal(
            "data.csv, line 6: 2 cells where the header has 3; a row has all its cells, empty ones too.",
            Refusal("x\ny\na,b,y\n#\n1,2,3\n4,5\n", new CsvOptions { Skip = 2, Comment = '#' }));
    }

    [Fact]
    public void Leaves_out_a_line_of_units_and_says_so()
    {
        Table table = Csv("t,v,name\ns,m/s,\n1,2,x\n3,4,y\n5,6,x\n");
        Assert.Equal([1, 3, 5], Numbers(table["t"]));
        Assert.StartsWith(
            "Line 2 has texts such as 's' over columns of numbers", Assert.Single(table.Notes), StringComparison.Ordinal);
        // One text in the first row may be a missing value.
        Assert.Equal(4, Csv("t,v,name\nnone,1,x\n1,2,x\n3,4,y\n5,6,x\n").RowCount);
    }

    [Theory]
    [InlineData("a b y\n1 2 3\n4 5 6\n7 8 9\n")]
    [InlineData("  a   b     y\n1.0  2  3 \n 4.0 5   6\n\t7\t 8  9\n")]
    public void Finds_blanks_between_cells(string text) => IsTable(text);

    [Fact]
    public void Reads_what_R_writes()
    {
        Table table = Csv("\"a\" \"b b\"\n\"1\" 0.5 \"x  y\"\n\"2\" 1.5 \"z\"\n");
        Assert.Equal(["column1", "a", "b b"], Names(table));
        Assert.Equal([0.5, 1.5], Numbers(table["a"]));
        Assert.Equal(["x  y", "z"], Texts(table["b b"]));
        Assert.Equal("it names the rows", table["column1"].Reason);
        Assert.Contains("called 'column1'", Assert.Single(table.Notes), StringComparison.Ordinal);
        Assert.Equal(["column1", "a", "b"], Names(Csv("\"a\",\"b\"\n\"u\",1,2\n\"v\",3,4\n")));
    }

    [Theory]
    [InlineData("full name\nJohn Smith\nMary Jones\n")]
    [InlineData("weight kg\n70 kg\n80 kg\n")]
    [InlineData("text\nto be or\nnot to be\n")]
    public void Texts_of_several_words_are_one_column(string text) => Assert.Single(Csv(text).Columns);

    [Theory]
    [InlineData("0,793;0,822;-1,5\n0,134;0,847;1,5\n", false, 3)]
    [InlineData("Länge, cm;Breite, cm;Art\n0,134;0,847;klein\n0,764;0,255;groß\n", true, 3)]
    [InlineData("Länge, cm\tArt\n0,134\tklein\n0,764\tgroß\n", true, 2)]
    [InlineData("Name, first name;City\nMiller, Ann;Rome\nSmith, Bob;Bonn\n", true, 2)]
    [InlineData("0,5 0,6 1,7\n0,7 0,8 1,9\n", false, 3)]
    [InlineData("a | b | y\n1,5 | 2 | x, z\n2,5 | 3 | u, v\n", true, 3)]
    [InlineData("id,tags,y\n1,a;b,0\n2,c;d,1\n", true, 3)]
    [InlineData("date time,v\n2020-01-01 10:00,1\n2020-01-01 11:00,2\n", true, 2)]
    [InlineData("a,note,y\n1,\"two; lines\nof; text\",0\n2,\"x;\ny;\nz\",1\n", true, 3)]
    public void Chooses_the_delimiter_by_which_all_lines_agree_and_cells_are_numbers(string text, bool hasHeader, int columns) =>
        Assert.Equal(columns, Csv(text, new CsvOptions { HasHeader = hasHeader }).Columns.Count);

    [Theory]
    [InlineData("a,b,y\n1,2,3\n,,\n4,5,6\n7,8,9\n,,\n", 2, 3)]
    [InlineData("a,b,y\n,,\n1,2,3\n4,5,6\n7,8,9\n", 1, 2)]
    [InlineData("a,b,y\n1,2,3\n\"\", ,\"\"\n4,5,6\n7,8,9\n", 1, 3)]
    [InlineData("a,b,y\n1,2,3\n4,5,6\n7,8,9\n,\n,,,,\n", 2, 5)]
    [InlineData(",,\na,b,y\n1,2,3\n4,5,6\n7,8,9\n,,\n", 1, 6)]
    public void Counts_rows_with_nothing_in_them_and_leaves_them_out(string text, int rows, int first)
    {
        string note = Assert.Single(IsTable(text).Notes);
        Assert.StartsWith(rows == 1 ? "The row in line" : $"{rows} rows have nothing", note, StringComparison.Ordinal);
        Assert.Contains($"line {first}", note, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_cell_alone_is_a_row()
        => Assert.Equal([1, double.NaN, 3], Numbers(Csv("a\n1\n\"\"\n3\n")["a"]));

    [Fact]
    public void Rows_with_nothing_in_them_are_left_out_of_columns_that_are_read_twice()
    {
        // A column of numbers and then of texts is read again.
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{(i < 9 ? "7" : "x")},{i}.5\n,\n")));
        Table table = Csv("a,b\n" + rows);
        Assert.Equal((30, 30), (table["a"].Count, table["b"].Count));
        Assert.Equal("7", table["a"].Text(8));
        Assert.Equal("x", table["a"].Text(9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Text_is_laid_out_the_same_however_it_comes(int length)
    {
        const string Text = "skip \"me\r\nme too\r# a \t b\n\t1  \"x  \"\"y\n# z\"  \r\n#not me\n\n2 \t 3";
        var layout = new CsvLayout(' ') { Skip = 2, Comment = '#', HeaderMark = '#' };
        using var reader = new LaidOutText(new Dripping(Text, length), layout);
        var result = new StringBuilder();
        char[] buffer = new char[length];
        for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0;)
            result.Append(buffer, 0, read);
        Assert.Equal("\r\n\ra b\n1 \"x  \"\"y\n# z\"\r\n\n\n2 3", result.ToString());
    }

    [Fact]
    public void Refuses_options_that_cannot_be()
    {
        Assert.Contains("0 or more, not -1", Refusal("a\n1\n", new CsvOptions { Skip = -1 }), StringComparison.Ordinal);
        Assert.Contains("Comments can begin with", Refusal("a\n1\n", new CsvOptions { Comment = '"' }), StringComparison.Ordinal);
    }

    static Table IsTable(string text, CsvOptions options = default)
    {
        Table table = Csv(text, options);
        Assert.Equal(["a", "b", "y"], Names(table));
        Assert.Equal([1, 4, 7], Numbers(table["a"]));
        Assert.Equal([2, 5, 8], Numbers(table["b"]));
        Assert.Equal([3, 6, 9], Numbers(table["y"]));
        return table;
    }

    /// <summary>Gives no more than some characters at a time.</summary>
    sealed class Dripping(string text, int length) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, length));
    }
}

using System.Text;
using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class CsvReadingTests
{
    [Fact]
    public void Reads_numbers_and_categories()
    {
        Table table = Csv("size,colour\n1.5,red\n-2e3,blue\n.5,red\n");

        Assert.Equal("data.csv", table.Source);
        Assert.Equal(3, table.RowCount);
        Assert.Equal(["size", "colour"], Names(table));
        Assert.Equal(ColumnKind.Number, table["size"].Kind);
        Assert.Equal([1.5, -2000, 0.5], Numbers(table["size"]));
        Assert.Equal(ColumnKind.Category, table["colour"].Kind);
        Assert.Equal(["red", "blue"], table["colour"].Categories);
        Assert.Equal([0, 1, 0], Codes(table["colour"]));
        Assert.Equal(["1.5", "-2000", "0.5"], Texts(table["size"]));
        Assert.Equal(["red", "blue", "red"], Texts(table["colour"]));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Reads_quoted_cells_with_delimiters_doubled_quotes_and_line_breaks(string line)
    {
        string text = string.Join(line, "a,b", "\"x, y\",1", "\"he said \"\"no\"\"\",2", $"\"two{line}lines\",3", "\"\",4");
        Table table = Csv(text);

        Assert.Equal(["x, y", "he said \"no\"", $"two{line}lines", ""], Texts(table["a"]));
        Assert.Equal(1, table["a"].MissingCount);
        Assert.Equal([1, 2, 3, 4], Numbers(table["b"]));
    }

    [Fact]
    public void Trims_cells_and_reads_quotes_after_a_blank()
    {
        Table table = Csv("a , b,\tc\n  red , 1 , \"x, y\" \nred,2,z\n");

        Assert.Equal(["a", "b", "c"], Names(table));
        Assert.Equal(["red"], table["a"].Categories);
        Assert.Equal([1, 2], Numbers(table["b"]));
        Assert.Equal(["x, y", "z"], Texts(table["c"]));
    }

    [Fact]
    public void Keeps_a_quote_inside_an_unquoted_cell()
        => Assert.Equal(["5\" pipe", "x"], Texts(Csv("a,b\n5\" pipe,1\nx,2\n")["a"]));

    [Theory]
    [InlineData("a,b\n\n1,2\n   \n\n3,4")]
    [InlineData("\n\r\n  \na,b\n1,2\n3,4\n\n\n")]
    public void Skips_blank_lines(string text)
    {
        Table table = Csv(text);

        Assert.Equal([1, 3], Numbers(table["a"]));
        Assert.Equal([2, 4], Numbers(table["b"]));
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Finds_the_delimiter(char delimiter)
    {
        // Every other candidate occurs too, but inside quotes or not as often on each line.
        string text = "name;x;y\n\"a;b,c|d\te\";1;2\n\"f\";3;4\nu,v|w;5;6\n".Replace(";", "\u0001", StringComparison.Ordinal);
        text = text.Replace('\u0001', delimiter).Replace("u,v|w", "u-v-w", StringComparison.Ordinal);
        Table table = Csv(text);

        Assert.Equal(["name", "x", "y"], Names(table));
        Assert.Equal([2, 4, 6], Numbers(table["y"]));
    }

    [Fact]
    public void Finds_the_delimiter_that_all_lines_agree_on()
        => Assert.Equal(["text, long", "x"], Names(Csv("text, long;x\na, b, c;1\nd;2\n")));

    [Fact]
    public void Takes_a_comma_where_no_delimiter_occurs()
        => Assert.Equal([1, 2], Numbers(Csv("x\n1\n2\n")["x"]));

    [Fact]
    public void Takes_any_delimiter_that_is_given()
        => Assert.Equal([2, 4], Numbers(Csv("a b\n1 2\n3 4\n", new CsvOptions { Delimiter = ' ' })["b"]));

    [Fact]
    public void Reads_decimal_commas()
    {
        Table table = Csv("a;b\n1,5;-2,25e1\n3;,5\n", new CsvOptions { Decimal = ',' });

        Assert.Equal([1.5, 3], Numbers(table["a"]));
        Assert.Equal([-22.5, 0.5], Numbers(table["b"]));
    }

    [Fact]
    public void Names_columns_by_number_without_a_header()
    {
        Table table = Csv("1,x\n2,y\n", new CsvOptions { HasHeader = false });

        Assert.Equal(["column1", "column2"], Names(table));
        Assert.Equal([1, 2], Numbers(table["column1"]));
    }

    [Fact]
    public void Takes_the_usual_missing_tokens_and_no_others()
    {
        Table table = Csv("a,b\n1,x\n\"\",?\n?,?\nNA,NA\nnull, NaN \n2,na\n");

        Assert.Equal([1, double.NaN, double.NaN, double.NaN, double.NaN, 2], Numbers(table["a"]));
        Assert.Equal(4, table["a"].MissingCount);
        Assert.Equal([0, -1, -1, -1, -1, 1], Codes(table["b"]));
        Assert.Equal(["x", "na"], table["b"].Categories);
        Assert.True(table["b"].IsMissing(1));
        Assert.False(table["b"].IsMissing(0));
    }

    [Fact]
    public void Takes_missing_tokens_that_are_given_even_if_they_are_numbers()
    {
        Table table = Csv("a,b\n-999,NA\n1,n/a\n,x\n", new CsvOptions { MissingTokens = ["-999", "n/a"] });

        Assert.Equal([double.NaN, 1, double.NaN], Numbers(table["a"]));
        Assert.Equal([0, -1, 1], Codes(table["b"]));
        Assert.Equal(["NA", "x"], table["b"].Categories);
    }

    [Fact]
    public void A_number_that_means_missing_does_in_every_form()
    {
        Table table = Csv("a,b\n-999.0,0999\n-9.99e2,999\n-999,1\n1,2\n", new CsvOptions { MissingTokens = ["-999", "999"] });
        Assert.Equal([double.NaN, double.NaN, double.NaN, 1], Numbers(table["a"]));
        Assert.Equal(["0999", "1", "2"], table["b"].Categories);
    }

    [Fact]
    public void Reads_the_named_columns_only()
    {
        const string Text = "a,b,c\n1,2,3\n";

        Assert.Equal(["a", "c"], Names(Csv(Text, new CsvOptions { Ignore = ["b"] })));
        Assert.Equal(["b", "c"], Names(Csv(Text, new CsvOptions { Only = ["c", "b"] })));
        Assert.Equal(["c"], Names(Csv(Text, new CsvOptions { Only = ["c", "b"], Ignore = ["b"] })));
    }

    [Fact]
    public void Keeps_the_text_of_cells_as_it_stands_in_the_file()
    {
        var options = new CsvOptions { KeepText = ["n", "unread", "t"], Ignore = ["unread"] };
        Table table = Csv("n,unread,t\n1.50,inf,?\n 02 ,\"é, 7\",b\n", options);

        Assert.Equal(["1.50", "02"], Texts(table["n"]));
        Assert.Equal([1.5, 2], Numbers(table["n"]));
        Assert.Equal(["inf", "é, 7"], Texts(table["unread"]));
        Assert.Equal((ColumnKind.Text, "only its text is kept"), (table["unread"].Kind, table["unread"].Reason));
        Assert.Equal(["?", "b"], Texts(table["t"]));
        Assert.Equal([-1, 0], Codes(table["t"]));
    }

    [Fact]
    public void Keeps_the_text_of_thousands_of_rows()
    {
        string[] expected = [.. Enumerable.Range(0, 5000).Select(i => new string('ä', i % 40) + i)];
        Table table = Csv("t\n" + string.Join('\n', expected), new CsvOptions { KeepText = ["t"] });

        Assert.Equal(ColumnKind.Text, table["t"].Kind);
        Assert.Equal(expected, Texts(table["t"]));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Reads_what_a_byte_order_mark_says(string encoding)
    {
        Encoding marked = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. marked.Preamble, .. marked.GetBytes("größe,b\n1,ß\n")];

        Table table = Csv(bytes);
        Assert.Equal([1], Numbers(table["größe"]));
        Assert.Equal(["ß"], table["b"].Categories);
        Assert.Equal(["ß"], Csv(bytes, new CsvOptions { Encoding = marked })["b"].Categories);
    }

    [Fact]
    public void Reads_the_encoding_that_is_given()
    {
        byte[] bytes = [.. "a\n"u8, 0x80, (byte)' ', 0xE9, (byte)'\n'];

        Assert.Equal(["€ é"], Csv(bytes, new CsvOptions { Encoding = TextEncodings.Find("windows-1252") })["a"].Categories);
    }

    [Fact]
    public void Tells_gzip_by_its_bytes_and_not_by_its_name()
    {
        using var folder = new ScratchFolder();
        string path = folder.Write("data.csv", Gzip("a,b\n1,2\n"u8.ToArray()));
        string plain = folder.Write("plain.csv.gz", "a,b\n1,2\n"u8.ToArray());

        Assert.Equal([2], Numbers(Table.ReadCsv(path)["b"]));
        Assert.Equal([2], Numbers(Table.ReadCsv(plain)["b"]));
        Assert.Equal(path, Table.ReadCsv(path).Source);
    }

    [Fact]
    public void Reads_a_column_again_that_turns_out_to_be_text()
    {
        // 30 numbers of 40 cells: too few for a column of numbers with mistakes. The texts are those of the file, not "1".
        string[] cells = [.. Enumerable.Range(0, 40).Select(i => i % 4 == 3 ? "x" : i % 2 == 0 ? "1.0" : "01")];
        byte[] bytes = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(cells.Select(cell => $"{cell},7\n")));

        foreach (byte[] file in new[] { bytes, Gzip(bytes) })
        {
            Table table = Csv(file);
            Assert.Equal(["1.0", "01", "x"], table["a"].Categories);
            Assert.Equal(cells, Texts(table["a"]));
            Assert.Equal(ColumnKind.Number, table["b"].Kind);
        }
    }

    [Fact]
    public void Spools_a_stream_that_cannot_seek_and_removes_the_spool()
    {
        using var folder = new ScratchFolder();
        string? before = Environment.GetEnvironmentVariable("TMPDIR");
        byte[] bytes = "a\n1\nx\n"u8.ToArray();
        Environment.SetEnvironmentVariable("TMPDIR", folder.Path);
        try
        {
            var stream = new OneWayStream(bytes);
            Table table = Table.ReadCsv(stream, "the pipe");

            Assert.Equal(["1", "x"], table["a"].Categories);
            Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
        }
    }

    [Fact]
    public void Reads_a_stream_from_where_it_stands_and_leaves_it_open()
    {
        var stream = new MemoryStream("skipped a\n1\nx\n"u8.ToArray()) { Position = 8 };

        Assert.Equal(["1", "x"], Table.ReadCsv(stream)["a"].Categories);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Default_options_and_new_options_are_the_same()
    {
        CsvOptions options = default;

        Assert.Equal(new CsvOptions(), options);
        Assert.True(options.HasHeader);
        Assert.Null(options.Decimal);
        Assert.Equal(CsvOptions.UsualMissingTokens, options.MissingTokens);
        Assert.Equal(CsvOptions.UsualMissingInNumbers, options.MissingInNumbers);
        Assert.Empty(new CsvOptions { MissingTokens = ["?"] }.MissingInNumbers);
    }

    sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}

using System.Text;
using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class CsvRefusalTests
{
    const string Quotes = " do not match: a quoted cell ends with a quote, and a quote inside it is doubled.";
    const string OrNames = " if it means missing, or --types a=category if the column holds names.";
    const string NoHeader = "or if the file has no header line, use --no-header.";

    [Fact]
    public void Refuses_a_missing_file()
        => Assert.Equal("There is no file no/such/file.csv.", Refusal(() => Table.ReadCsv("no/such/file.csv")));

    [Fact]
    public void Refuses_a_folder()
    {
        using var folder = new ScratchFolder();
        Assert.Equal($"{folder.Path} is a folder, not a file.", Refusal(() => Table.ReadCsv(folder.Path)));
    }

    [Theory]
    [InlineData("", "data.csv is empty.")]
    [InlineData("\n\r\n  \n", "data.csv has nothing but blank lines.")]
    [InlineData("a,b\n", "data.csv has a header line but no rows.")]
    [InlineData(
        "a,b\n1,2\n\n3\n",
        "data.csv, line 4: 1 cell where the header has 2; a row has all its cells, empty ones too.")]
    [InlineData(
        "a\tb\n1\t2\t3\n",
        "data.csv, line 2: 3 cells where the header has 2; cells that hold the delimiter tab need quotes.")]
    [InlineData(
        "a,b\n\"x\r\ny\nz\",2\n1,2,3\n",
        "data.csv, line 5: 3 cells where the header has 2; cells that hold the delimiter ',' need quotes.")]
    [InlineData(
        "a,b\n1,2\n\"x\ny\",2,3\n",
        "data.csv, line 3: 3 cells where the header has 2; cells that hold the delimiter ',' need quotes.")]
    [InlineData("1.5,,c\n1,2,3\n", "data.csv, line 1: column 2 has no name; give it one, " + NoHeader)]
    [InlineData(
        "\n1,b, 1\n1,2,3\n",
        "data.csv, line 2: columns 1 and 3 are both named '1'; rename one, " + NoHeader)]
    [InlineData(
        "a,b,c\n1,2,3\n# 4,5\n",
        "data.csv, line 3: 2 cells where the header has 3; --comment '#' leaves out lines that begin with #.")]
    [InlineData(
        "x\n1,5\n1,6\n",
        "data.csv, line 2: 2 cells where the header has 1; if there is one column and the comma is its decimal sign, use "
        + "--delimiter ';'.")]
    [InlineData(
        "Report\nname,2019\nx,1\ny,2\n",
        "data.csv, line 2: 2 cells where the header has 1; from line 2 on all lines have 2 cells: --skip 1 leaves out what "
        + "stands above.")]
    [InlineData(
        "Gas by year,,,,\nYear,2000,2001,2002,2003\nx,1,2,3,4\n",
        "data.csv, line 1: 1 of 5 columns has a name; if the names stand in line 2, --skip 1 leaves out what is above, else name "
        + "all columns.")]
    [InlineData(
        "178,3,a,b,c\n1,2,3,4,5,6,7\n2,3,4,5,6,7,8\n",
        "data.csv, line 2: 7 cells where the header has 5; from line 2 on all lines have 7 cells: --skip 1 --no-header leaves "
        + "out what stands above.")]
    [InlineData(
        "name,price\nSmith, John,1\nMiller, Ann,2\n",
        "data.csv, line 2: 3 cells where the header has 2; cells that hold the delimiter ',' need quotes.")]
    [InlineData(
        "a,b\n\"x\"y,2\n",
        "data.csv, line 2: the quotes of the cell '\"x\"y'" + Quotes)]
    [InlineData(
        "a,b\n1,2\n3,\"x\n4,5\n6,7\n",
        "data.csv, line 3: the quotes of the cell '\"x 4,5 6,7'" + Quotes)]
    [InlineData(
        "a,b\n1,\"x\"\"\n",
        "data.csv, line 2: the quotes of the cell '\"x\"\"'" + Quotes)]
    public void Refuses_what_is_no_table(string text, string sentence) => Assert.Equal(sentence, Refusal(text));

    [Theory]
    [InlineData("1\ninf", "data.csv, line 3, column 'a': 'inf' is infinite, which is no value for a network; "
        + "correct the cell, or use --missing +inf" + OrNames)]
    [InlineData("1\n-Infinity", "data.csv, line 3, column 'a': '-Infinity' is infinite, which is no value for a network; "
        + "correct the cell, or use --missing +-Infinity" + OrNames)]
    [InlineData("1\n1e999", "data.csv, line 3, column 'a': '1e999' is too large, numbers end near 1.8e308; "
        + "correct the cell, or use --missing +1e999" + OrNames)]
    public void Refuses_infinity_in_a_column_of_numbers(string cells, string sentence)
        => Assert.Equal(sentence, Refusal("a\n" + cells));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(39)]
    public void Refuses_a_few_texts_among_numbers(int place)
    {
        // 38 of 40 cells are numbers: 95 %, from which on the two others are mistakes.
        string[] cells = [.. Enumerable.Range(0, 40).Select(i => $"{i * i}")];
        cells[(place + 1) % 40] = "1O5";
        cells[place] = "none";
        int first = place == 39 ? 0 : place;

        Assert.Equal(
            $"data.csv, line {first + 2}, column 'a': '{cells[first]}' is not a number, but 38 of the column's 40 cells are; "
                + $"correct the cell, or use --missing +{cells[first]}" + OrNames,
            Refusal("a\n" + string.Join('\n', cells)));
    }

    [Fact]
    public void Takes_a_column_with_more_texts_among_numbers_as_texts()
    {
        string[] cells = [.. Enumerable.Range(0, 40).Select(i => i is 5 or 6 or 7 ? "none" : $"{i % 5}")];
        Assert.Equal(ColumnKind.Category, Csv("a\n" + string.Join('\n', cells))["a"].Kind);
    }

    [Theory]
    [InlineData("1\n\nabc\n", "data.csv, line 4, column 'a': 'abc' is not a number; "
        + "correct the cell, or use --missing +abc" + OrNames)]
    [InlineData("\"1,5\"\nabc\n", "data.csv, line 3, column 'a': 'abc' is not a number; "
        + "correct the cell, or use --missing +abc" + OrNames)]
    [InlineData("1 kg\n2 m\n", "data.csv, line 3, column 'a': '2 m' is written in another way than the numbers before it; "
        + "write all in one way and one unit, or say how by --numbers 'a=…', with 1234.5 written as most are.")]
    [InlineData("1\n\"a,b\"\n", "data.csv, line 3, column 'a': 'a,b' is not a number; "
        + "correct the cell, or use --missing '+\"a,b\"'" + OrNames)]
    [InlineData("0x1F\n", "data.csv, line 2, column 'a': '0x1F' is not a number; "
        + "correct the cell, or use --missing +0x1F" + OrNames)]
    [InlineData("Nan\n", "data.csv, line 2, column 'a': 'Nan' is not a number; "
        + "correct the cell, or use --missing +Nan" + OrNames)]
    public void Refuses_text_in_a_column_whose_type_is_given_as_number(string cells, string sentence)
    {
        var options = Given("a", ColumnKind.Number);
        Assert.Equal(sentence, Refusal("a\n" + cells, options));
    }

    [Fact]
    public void Refuses_other_words_in_a_column_whose_type_is_given_as_yes_and_no()
    {
        var options = Given("a", ColumnKind.YesNo);
        Assert.Equal(
            "data.csv, line 3, column 'a': 'maybe' is neither yes nor no (yes/no, true/false, on/off, 1/0, ja/nein …); "
                + "correct the cell, or use --missing +maybe" + OrNames,
            Refusal("a\nyes\nmaybe\n", options));
    }

    [Fact]
    public void Suggests_the_nearest_name_for_an_unknown_column()
    {
        const string Text = "age,income\n1,2\n";
        const string Sentence = "data.csv has no column 'incme'; did you mean 'income'?";

        Assert.Equal(Sentence, Refusal(Text, new CsvOptions { Ignore = ["incme"] }));
        Assert.Equal(Sentence, Refusal(Text, new CsvOptions { Only = ["incme"] }));
        Assert.Equal(Sentence, Refusal(Text, new CsvOptions { KeepText = ["incme"] }));
        Assert.Equal(Sentence, Refusal(Text, Given("incme", ColumnKind.Number)));
        Assert.Equal(Sentence, Refusal(Text, new CsvOptions
        {
            Numbers = new Dictionary<string, NumberFormat>(StringComparer.Ordinal) { ["incme"] = NumberFormat.Parse("1,234.5") },
        }));
        Assert.Equal(Sentence, Refusal(() => Csv(Text)["incme"]));
        Assert.Equal("data.csv has no column 'zzz'; it has 'age', 'income'.", Refusal(() => Csv(Text)["zzz"]));
    }

    [Fact]
    public void Refuses_to_ignore_all_columns()
        => Assert.Equal(
            "data.csv has no columns left: all 2 are ignored.", Refusal("a,b\n1,2\n", new CsvOptions { Ignore = ["a", "b"] }));

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    public void Refuses_a_delimiter_that_cannot_be_one(char delimiter)
        => Assert.Equal(
            "The delimiter can be any character but a quote, a line break or a zero.",
            Refusal("a,b\n1,2\n", new CsvOptions { Delimiter = delimiter }));

    [Fact]
    public void Refuses_a_decimal_sign_that_is_none()
        => Assert.Equal("The decimal sign is '.' or ',', not ';'.", Refusal("a,b\n1,2\n", new CsvOptions { Decimal = ';' }));

    [Fact]
    public void Names_the_line_whose_bytes_are_not_of_the_encoding()
    {
        // Far enough into the file that it is not in the first buffer.
        byte[] valid = Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Repeat("größe\r\n", 20_000)));
        byte[] bytes = [.. valid, 0xE9, (byte)'\n'];
        const string Sentence = "data.csv, line 20002: the bytes are no utf-8 text; "
            + "name the file's encoding, for example --encoding windows-1252.";

        Assert.Equal(Sentence, Refusal(bytes));
        Assert.Equal(Sentence, Refusal(Gzip(bytes)));
    }

    [Fact]
    public void Refuses_an_unknown_encoding()
        => Assert.Equal(
            "There is no encoding 'klingon'; "
                + "usual ones are utf-8, utf-16, latin1, windows-1252, windows-1251, shift_jis, gb18030.",
            Refusal(() => TextEncodings.Find("klingon")));

    public static TheoryData<string, byte[], string> Binaries => new()
    {
        {
            "Parquet", [.. "PAR1"u8, 1, 2, 3],
            "a Parquet file: export it as CSV, in Python: pandas.read_parquet(FILE).to_csv(FILE, index=False)"
        },
        { "zip", [.. "PK"u8, 3, 4, 0], "a zip archive, as Excel workbooks are: unpack it, or save the sheet as CSV" },
        { "gzip in gzip", Gzip(Gzip("a\n1\n"u8.ToArray())), "gzip-compressed twice: uncompress it once" },
        { "IDX", Idx([2, 1, 1], [0, 1]), "an IDX file: give the images as data and the labels with --labels" },
        { "ONNX", [8, 8, 0x12, 8, .. "backprop"u8], "an ONNX model: models are not data, give a table" },
        { "SQLite", [.. "SQLite format 3"u8, 0, 1], "an SQLite database: export the table as CSV" },
        {
            "Stata", [0x72, 2, 1, 0, 5, 0],
            "a Stata file: export it as CSV, in Python: pandas.read_stata(FILE).to_csv(FILE, index=False)"
        },
        { "R", Gzip([.. "RDX3\nX\n"u8, 0, 0]), "R data: export it as CSV, in R: write.csv(x, FILE, row.names = FALSE)" },
        { "safetensors", [64, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\""u8], "a safetensors file: models are not data, give a table" },
        { "PNG", [0x89, .. "PNG"u8, 13, 10], "a PNG image: give a table or an IDX pair" },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Names_binary_files_that_it_knows(string name, byte[] bytes, string sentence)
    {
        Assert.NotEmpty(name);
        Assert.Equal($"data.csv is no text but {sentence}.", Refusal(bytes));
    }

    [Fact]
    public void Refuses_other_binary_files()
    {
        Assert.Equal(
            "data.csv is no text: it has zero bytes; if it is UTF-16 text, use --encoding utf-16, else export it as CSV.",
            Refusal([1, 2, 0, 3]));
        byte[] late = [.. "a\n"u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("12345\n", 20_000))), .. "1\0\n"u8];
        Assert.Equal(
            "data.csv, line 20002: there is a zero byte, which no text file has, so the file is damaged or no table.",
            Refusal(late));
    }

    [Fact]
    public void Refuses_damaged_gzip()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * i}\n"));
        byte[] whole = Gzip(Encoding.UTF8.GetBytes(text));
        byte[] damaged = (byte[])whole.Clone();
        damaged[20] ^= 0xFF;
        const string Sentence = "data.csv is gzip-compressed but damaged or cut off; fetch or compress it again.";

        Assert.Equal(Sentence, Refusal(whole[..(whole.Length / 2)]));
        Assert.Equal(Sentence, Refusal(damaged));
    }

    [Fact]
    public void Stops_at_a_quote_that_takes_in_the_rest_of_a_large_file()
    {
        string text = "a,b\n1,\"2\n" + string.Concat(Enumerable.Repeat("1,2\n", 300_000));
        Assert.Equal("data.csv, line 2: a cell has more than 1048576 characters, as where a quote is not closed.", Refusal(text));
    }

    [Fact]
    public void Shortens_long_cells_and_hides_control_characters()
    {
        var options = Given("a", ColumnKind.Number);
        string shown = "\u001b[31m" + new string('x', 50);
        Assert.Equal(
            $"data.csv, line 2, column 'a': ' [31m{new string('x', 35)}…' is not a number; correct the cell, "
                + $"or use --missing '+\" [31m{new string('x', 35)}…\"'" + OrNames,
            Refusal("a\n" + shown, options));
    }
}

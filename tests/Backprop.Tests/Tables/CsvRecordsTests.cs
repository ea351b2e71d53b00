using System.Text;
using Xunit;

namespace Backprop.Tests;

/// <summary>Lines cut here are held to what CsvHelper's parser makes of them.</summary>
public class CsvRecordsTests
{
    static readonly string[] s_pieces =
    [
        "1", "-2.5", "0.125", "+7", "1e3", ".5", "6.", "", " ", "NA", "name", " 4 ", "\t", "é∞", "-", "12345678901234567890",
        "\"quoted\"", "\"a,b\"", "\"two\nlines\"", "\"two\r\nlines\"", "\"say \"\"so\"\"\"", "5\" pipe",
    ];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Cut_lines_are_the_records_that_the_parser_finds(int seed, bool withQuotes)
    {
        var random = new Random(seed);
        for (int i = 0; i < 3000; i++)
        {
            char delimiter = ",;\t| "[random.Next(5)];
            string text = Text(random, delimiter, withQuotes);
            Assert.Equal(Records(text, delimiter, parsesAll: true), Records(text, delimiter, parsesAll: false));
        }
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_cut_as_well()
    {
        string wide = string.Join(',', Enumerable.Range(0, 40_000));
        string text = $"{wide}\n\"q\",2\n{wide}\r\n\r\n{wide}";
        Assert.Equal(Records(text, ',', parsesAll: true), Records(text, ',', parsesAll: false));
    }

    [Fact]
    public void Numbers_are_taken_while_a_line_is_cut_and_in_order()
    {
        var random = new Random(5);
        string[] cells = ["1", "2.5", "-0.0", "NA", " 3 ", "1e2", "\"4\"", "0.1"];
        for (int i = 0; i < 200; i++)
        {
            string[] column = [.. Enumerable.Range(0, random.Next(1, 150)).Select(_ => cells[random.Next(cells.Length)])];
            Table table = Read(string.Concat(column.Select(cell => $"x,{cell},y\n").Prepend("a,b,c\n")));
            Assert.Equal(column.Select(Number), Enumerable.Range(0, column.Length).Select(row => Bits(table["b"], row)));
        }

        static long Number(string cell) => cell == "NA"
            ? -1
            : BitConverter.DoubleToInt64Bits(double.Parse(cell.Trim('"'), System.Globalization.CultureInfo.InvariantCulture));

        static long Bits(Column column, int row) =>
            column.IsMissing(row) ? -1 : BitConverter.DoubleToInt64Bits(column.Number(row));
    }

    [Fact]
    public void A_number_may_be_a_missing_token() =>
        Assert.Equal(
            2,
            Table.ReadCsv(
                Stream("a,b\n1,2\n-999,3\n-999,4\n"), "test", new CsvOptions { MissingTokens = ["-999"] })["a"].MissingCount);

    static List<string> Records(string text, char delimiter, bool parsesAll)
    {
        var found = new List<string>();
        var context = new CsvContext("test", default);
        using var records = new CsvRecords(new StringReader(text), context, delimiter, parsesAll);
        try
        {
            while (records.Read())
            {
                var cells = new StringBuilder($"{records.Line}:");
                for (int i = 0; i < records.Count; i++)
                    cells.Append('[').Append(records[i]).Append(']');
                found.Add(cells.ToString());
            }
        }
        catch (BackpropException e)
        {
            found.Add(e.Message);
        }

        return found;
    }

    static string Text(Random random, char delimiter, bool withQuotes)
    {
        string[] ends = ["\n", "\r\n", "\r"];
        string usual = ends[random.Next(3)];
        var text = new StringBuilder();
        for (int line = random.Next(6); line >= 0; line--)
        {
            for (int cell = random.Next(4); cell >= 0; cell--)
            {
                text.Append(s_pieces[random.Next(withQuotes ? s_pieces.Length : 16)]);
                if (cell > 0)
                    text.Append(delimiter);
            }

            if (line > 0 || random.Next(2) == 0)
                text.Append(random.Next(5) == 0 ? ends[random.Next(3)] : usual);
        }

        return text.ToString();
    }

    static Table Read(string text) => Table.ReadCsv(Stream(text), "test");

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}

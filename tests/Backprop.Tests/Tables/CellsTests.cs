using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Xunit;

namespace Backprop.Tests;

/// <summary>Quick reading of cells gives what the parser gives, whatever is in a file.</summary>
public class CellsTests
{
    static readonly byte[] s_csv = Encoding.UTF8.GetBytes(
        "id,size,colour,note,flag\r\n1,0.5,red,\"a, \"\"b\"\"\",yes\r\n"
        + "2,-1e3,blüe,\"two\nlines\",no\r\n3,?,red, \"x\" ,yes\r\n4,7,,,no\r\n");

    [Fact]
    public void Cells_are_those_of_the_parser_in_damaged_files()
    {
        var mutator = new Mutator(3);
        int compared = 0;
        for (int i = 0; i < 3_000; i++)
        {
            string text = Encoding.Latin1.GetString(mutator.Damage(s_csv));
            List<string[]> cells = [], expected = [];
            try
            {
                using var records = new CsvRecords(new StringReader(text), new CsvContext("data.csv", default), ',');
                while (records.Read())
                    cells.Add(Enumerable.Range(0, records.Count).Select(c => records[c].ToString()).ToArray());
            }
            catch (BackpropException)
            {
                continue;
            }

            var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                TrimOptions = TrimOptions.Trim,
                BadDataFound = null,
            };
            using var parser = new CsvParser(new StringReader(text), configuration);
            while (parser.Read())
            {
                string[] record = [.. parser.Record!.Select(cell => cell.Trim())];
                if (record is not [""] || parser.RawRecord.Contains('"', StringComparison.Ordinal))
                    expected.Add(record);
            }

            Assert.Equal(expected.SelectMany(record => record).ToArray(), cells.SelectMany(record => record).ToArray());
            Assert.Equal(expected.Select(record => record.Length), cells.Select(record => record.Length));
            compared++;
        }

        Assert.InRange(compared, 1_000, 3_000);
    }
}

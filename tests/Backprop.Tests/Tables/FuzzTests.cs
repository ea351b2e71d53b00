using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

/// <summary>Whatever is in a file, it is read or refused with a sentence, in little memory.</summary>
public class FuzzTests
{
    static readonly byte[] s_csv = Encoding.UTF8.GetBytes(
        "id,size,colour,note,flag\r\n1,0.5,red,\"a, \"\"b\"\"\",yes\r\n"
        + "2,-1e3,blüe,\"two\nlines\",no\r\n3,?,red, \"x\" ,yes\r\n4,7,,,no\r\n");

    static readonly byte[] s_images = Idx([5, 2, 3], [.. Enumerable.Range(0, 30).Select(i => (byte)i)]);
    static readonly byte[] s_labels = Idx([5], [0, 1, 2, 1, 0]);

    [Fact]
    public void Damaged_csv_files_are_read_or_refused() => ReadDamagedCsv(seed: 1, times: 3_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_damaged_csv_files_are_read_or_refused() => ReadDamagedCsv(seed: 2, times: 100_000);

    [Fact]
    public void Damaged_idx_files_are_read_or_refused() => ReadDamagedIdx(seed: 1, times: 1_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_damaged_idx_files_are_read_or_refused() => ReadDamagedIdx(seed: 2, times: 100_000);

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

    static void ReadDamagedCsv(int seed, int times)
    {
        var mutator = new Mutator(seed);
        byte[] gzip = Gzip(s_csv);
        int read = 0, refused = 0;
        for (int i = 0; i < times; i++)
        {
            byte[] file = mutator.Damage(i % 10 == 0 ? gzip : s_csv);
            var options = new CsvOptions { KeepText = i % 3 == 0 ? ["note"] : null, HasHeader = i % 7 != 0 };
            Try(file, ref read, ref refused, () => Csv(file, options));
        }

        // Both ends of the test are reached, or it would prove nothing.
        Assert.InRange(read, times / 10, times);
        Assert.InRange(refused, times / 10, times);
    }

    static void ReadDamagedIdx(int seed, int times)
    {
        var mutator = new Mutator(seed);
        byte[] gzip = Gzip(s_images);
        int read = 0, refused = 0;
        for (int i = 0; i < times; i++)
        {
            byte[] images = i % 2 == 0 ? mutator.Damage(i % 10 == 0 ? gzip : s_images) : s_images;
            byte[] labels = i % 2 == 1 ? mutator.Damage(s_labels) : s_labels;
            Try(images, ref read, ref refused, () =>
            {
                using DataFile imageFile = DataFile.From(new MemoryStream(images), "images");
                using DataFile labelFile = DataFile.From(new MemoryStream(labels), "labels");
                return IdxTableReader.Read(imageFile, labelFile);
            });
        }

        Assert.InRange(read, times / 50, times);
        Assert.InRange(refused, times / 10, times);
    }

    static void Try(byte[] file, ref int read, ref int refused, Func<Table> readTable)
    {
        // The parser's buffers and the look at the first 64 KB are the same for every file; a table adds next to nothing here.
        const long MostBytes = 16 << 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Table table = readTable();
            Assert.All(table.Columns, column => Assert.Equal(table.RowCount, column.Count));
            foreach (Column column in table.Columns.Where(column => column.HasText))
                Assert.NotNull(column.Text(table.RowCount - 1));
            read++;
        }
        catch (BackpropException e)
        {
            Assert.Contains(e.Message[^1], ".?");
            refused++;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{e.GetType().Name} from {Convert.ToBase64String(file)}: {e}");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }
}

using System.IO.Compression;
using System.Text;
using Xunit;

namespace Backprop.Tests;

/// <summary>Small inputs for the tests of tables.</summary>
static class Tabular
{
    public static Table Csv(string text, CsvOptions options = default) => Csv(Encoding.UTF8.GetBytes(text), options);

    public static Table Csv(byte[] bytes, CsvOptions options = default)
        => Table.ReadCsv(new MemoryStream(bytes), "data.csv", options);

    /// <summary>The sentence that somebody reads whose CSV is refused.</summary>
    public static string Refusal(string text, CsvOptions options = default) => Refusal(() => Csv(text, options));

    public static string Refusal(byte[] bytes, CsvOptions options = default) => Refusal(() => Csv(bytes, options));

    public static string Refusal(Func<object> read) => Assert.Throws<BackpropException>(read).Message;

    public static byte[] Gzip(byte[] bytes)
    {
        var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return result.ToArray();
    }

    /// <summary>An IDX file: dimensions, then unsigned bytes.</summary>
    public static byte[] Idx(int[] dimensions, byte[] elements)
    {
        var bytes = new List<byte> { 0, 0, 8, (byte)dimensions.Length };
        foreach (int dimension in dimensions)
            bytes.AddRange([(byte)(dimension >> 24), (byte)(dimension >> 16), (byte)(dimension >> 8), (byte)dimension]);
        return [.. bytes, .. elements];
    }

    public static double[] Numbers(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Number)];

    public static string[] Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Text)];

    public static string[] Names(Table table) => [.. table.Columns.Select(column => column.Name)];

    /// <summary>Options that give one column a kind.</summary>
    public static CsvOptions Given(string name, ColumnKind kind)
        => new() { Types = new Dictionary<string, ColumnKind>(StringComparer.Ordinal) { [name] = kind } };

    public static int[] Codes(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Category)];
}

using System.Numerics;
using System.Text;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class TableMatchTests
{
    static readonly TableEncoder s_encoder = new(
    [
        new ColumnEncoder("deck", [new Lookup(["1", "2"], [""], MissingHasIndex: true), new OneHot(3)]),
        new ColumnEncoder("age", [new MissingIndicator(), new FillMissing(30), new Subtract(30)]),
    ]);

    [Fact]
    public void Numbers_serve_as_categories_and_columns_without_a_cell_as_either()
    {
        Matrix<double> numbers = Encode<double>(Table("age,deck\n31,2\n29,1\n29.5,7\n"));
        Assert.Equal([0, 1, 0, 1, 0], numbers[0].ToArray());
        Assert.Equal([1, 0, 0, -1, 0], numbers[1].ToArray());
        Assert.Equal([0, 0, 0, -0.5, 0], numbers[2].ToArray());

        Matrix<double> missing = Encode<double>(Table("age,deck,x\n,,1\n,,2\n"));
        Assert.Equal([0, 0, 1, 0, 1], missing[0].ToArray());
    }

    [Fact]
    public void Texts_where_the_model_has_numbers_are_refused_by_name()
    {
        Table table = Table("age,deck\nold,2\nyoung,1\nold,1\n");
        string message = Assert.Throws<BackpropException>(() => Encode<float>(table)).Message;
        Assert.Contains("'age' holds texts", message, StringComparison.Ordinal);
    }

    static Matrix<T> Encode<T>(Table table)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TableEncoding.Encode<T>(s_encoder, TableMatch.Of(table, s_encoder).Table);

    static Table Table(string csv) => Backprop.Table.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "test.csv");
}

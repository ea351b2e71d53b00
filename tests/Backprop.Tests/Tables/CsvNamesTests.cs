using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

/// <summary>Columns that the header gives no name, or one that is there already.</summary>
public class CsvNamesTests
{
    [Theory]
    [InlineData("0,1.5\n1,2.5\n2,0.5\n")]
    [InlineData("1,1.5\n2,2.5\n3,0.5\n")]
    [InlineData("17,1.5\n3,2.5\n40,0.5\n")]
    [InlineData("2020-01-01,1.5\n2020-01-02,2.5\n2020-01-03,0.5\n")]
    [InlineData("Ann,1.5\nBob,2.5\nCid,0.5\n")]
    public void An_index_without_a_name_gets_one_and_is_left_out(string rows)
    {
        Table table = Csv(",a\n" + rows);
        Assert.Equal(["column1", "a"], Names(table));
        Assert.False(table["column1"].IsUsable);
        Assert.NotNull(table["column1"].Reason);
        Assert.Equal(["Column 1 has no name in the header, and is called 'column1'."], table.Notes);
        Assert.Equal(
            ["2 columns have no name in the header, and are called 'column1', 'column3'."],
            Csv(",a,,y\n5,1,2,3\n7,4,5,6\n").Notes);
        Assert.Equal(ColumnKind.Category, Csv(",a\n" + rows, Given("column1", ColumnKind.Category))["column1"].Kind);
    }

    [Theory]
    [InlineData(",a\n0.1,1.5\n0.2,2.5\n", "column1")]
    [InlineData(",a\n5,1.5\n5,2.5\n", "column1")]
    [InlineData("a,\n1.5,7\n1.5,9\n", "column2")]
    [InlineData("a,,b\n1.5,7,1\n1.5,9,1\n", "column2")]
    public void Other_columns_without_a_name_get_one_and_are_used(string text, string name)
    {
        Assert.True(Csv(text)[name].IsUsable);
        Assert.Contains($"is called '{name}'", Assert.Single(Csv(text).Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_made_up_name_is_like_no_other()
    {
        Assert.Equal(["column1.1", "column1", "a"], Names(Csv(",column1,a\n1,2,3\n2,3,5\n")));
        Assert.Equal(["column1.1", "column1", "column3"], Names(Csv(",column1,\n1,2,3\n2,3,5\n")));
    }

    [Fact]
    public void An_index_that_pandas_read_and_wrote_again_is_one()
    {
        Table table = Csv(",Unnamed: 0,a\n0,5,1.5\n1,9,0.5\n2,2,0.7\n");
        Assert.Equal(["a"], table.Columns.Where(column => column.IsUsable).Select(column => column.Name));
    }

    [Theory]
    [InlineData("a,b,\n1,2,\n3,4,\n")]
    [InlineData("a,b,,\n1,2,,\n3,4,,\n")]
    [InlineData("a,b\n1,2,\n3,4,\n")]
    [InlineData("a,b\n1,2,,,\n3,4,,,\n")]
    [InlineData("a,b,,\n1,2\n3,4\n")]
    [InlineData("|a|b|\n|1|2|\n|3|4|\n")]
    [InlineData("\"a\";\"b\";\"\"\n1;2;\"\"\n3;4;\"\"\n")]
    public void Empty_columns_without_a_name_vanish(string text)
    {
        Table table = Csv(text);
        Assert.Equal(["a", "b"], Names(table));
        Assert.Equal([1, 3], Numbers(table["a"]));
        Assert.Equal([2, 4], Numbers(table["b"]));
        Assert.Empty(table.Notes);
    }

    [Fact]
    public void A_last_column_without_a_name_stays_where_a_cell_has_something()
    {
        string rows = string.Concat(Enumerable.Repeat("1,2,\n", 200));
        Assert.Equal(["a", "b", "column3"], Names(Csv("a,b,\n" + rows + "1,2,x\n")));
        Assert.StartsWith(
            "data.csv, line 202: 3 cells where the header has 2", Refusal("a,b\n" + rows + "1,2,x\n"), StringComparison.Ordinal);
        Assert.Equal(["a", "column2"], Names(Csv("a,\n1,\n2,\n", Given("column2", ColumnKind.Number))));
    }

    [Theory]
    [InlineData("x,x,y", "x,x.1,y")]
    [InlineData("x,x,x.1,x", "x,x.2,x.1,x.3")]
    [InlineData("x, x ,\"x\"", "x,x.1,x.2")]
    [InlineData("x.1,x,x", "x.1,x,x.2")]
    public void Names_that_are_there_already_are_numbered(string header, string names)
    {
        Table table = Csv(
            header + "\n" + string.Concat(Enumerable.Repeat(string.Join(',', header.Split(',').Select((_, i) => i)) + "\n", 3)));
        Assert.Equal(names.Split(','), Names(table));
        Assert.Contains("'x' in column ", Assert.Single(table.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_a_name_is_a_blank()
    {
        Table table = Csv("\"first\r\n  name\",\"a\nb\",\"a  b\"\n1,2,3\n");
        Assert.Equal(["first name", "a b", "a  b"], Names(table));
        Assert.Equal(["a b", "a b.1"], Names(Csv("\"a\nb\",a b\n1,2\n")));
    }

    [Fact]
    public void Names_of_columns_choose_how_they_are_read()
    {
        IReadOnlyList<string> seen = [];
        Table table = Table.ReadCsv(new MemoryStream("a,,b\n1,2,3\n"u8.ToArray()), "data.csv", default, names =>
        {
            seen = names;
            return new CsvOptions
            {
                Ignore = [names[0]],
                Types = new Dictionary<string, ColumnKind>(StringComparer.Ordinal) { [names[1]] = ColumnKind.Category },
            };
        });
        Assert.Equal(["a", "column2", "b"], seen);
        Assert.Equal(["column2", "b"], Names(table));
        Assert.Equal(ColumnKind.Category, table["column2"].Kind);
    }

    [Fact]
    public void A_name_that_was_made_up_and_is_not_read_is_not_said() =>
        Assert.Empty(Csv(",a\n0,1\n1,2\n", new CsvOptions { Only = ["a"] }).Notes);
}

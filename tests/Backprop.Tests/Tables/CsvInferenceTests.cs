using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class CsvInferenceTests
{
    [Theory]
    [InlineData("yes", "no")]
    [InlineData("False", "TRUE")]
    [InlineData("y", "N")]
    [InlineData("F", "t")]
    public void Two_words_of_a_pair_are_yes_and_no(string first, string second)
    {
        Column column = Csv($"a,b\n{first},1\n,2\n{second},3\n{first.ToUpperInvariant()},4\n")["a"];

        Assert.Equal(ColumnKind.YesNo, column.Kind);
        double one = char.ToLowerInvariant(first[0]) is 'y' or 't' ? 1 : 0;
        Assert.Equal([one, double.NaN, 1 - one, one], Numbers(column));
        Assert.Equal(first, column.Categories[column.Category(0)]);
        Assert.Equal(second, column.Categories[column.Category(2)]);
        double[] copied = new double[2];
        column.CopyNumbers(2, copied);
        Assert.Equal([1 - one, one], copied);
    }

    [Theory]
    [InlineData("0", "1", ColumnKind.Number)]
    [InlineData("yes", "false", ColumnKind.Category)]
    [InlineData("yes", "yes", ColumnKind.Category)]
    [InlineData("true", "maybe", ColumnKind.Category)]
    public void Other_pairs_are_not(string first, string second, ColumnKind kind)
        => Assert.Equal(kind, Csv($"a,b\n{first},1\n{second},2\n")["a"].Kind);

    [Theory]
    [InlineData(20, 20, ColumnKind.Category)]
    [InlineData(21, 42, ColumnKind.Category)]
    [InlineData(22, 43, ColumnKind.Text)]
    [InlineData(1000, 2000, ColumnKind.Category)]
    [InlineData(1001, 5000, ColumnKind.Text)]
    public void Text_with_too_many_or_nearly_unique_values_is_free_text(int different, int rows, ColumnKind kind)
    {
        Column column = Csv("t\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"t{i % different}\n")))["t"];

        Assert.Equal(kind, column.Kind);
        if (kind == ColumnKind.Category)
        {
            Assert.Null(column.Reason);
            Assert.Equal(different, column.Categories.Count);
            Assert.Equal(Enumerable.Range(0, rows).Select(i => i % different), Codes(column));
            return;
        }

        string many = different > 1000 ? "more than 1000" : $"{different}";
        Assert.Equal($"free text, {many} different texts in {rows} cells", column.Reason);
        Assert.False(column.IsUsable);
        Assert.False(column.HasText);
        Assert.Throws<InvalidOperationException>(() => column.Text(0));
    }

    [Theory]
    [InlineData("row", 0, 20, ColumnKind.Identifier)]
    [InlineData("row", 1, 20, ColumnKind.Identifier)]
    [InlineData("row", 1, 19, ColumnKind.Number)]
    [InlineData("year", 1990, 30, ColumnKind.Number)]
    [InlineData("id", 1990, 3, ColumnKind.Identifier)]
    [InlineData("ID", 1990, 3, ColumnKind.Identifier)]
    [InlineData("customer_id", 5, 3, ColumnKind.Identifier)]
    [InlineData("PassengerId", 5, 3, ColumnKind.Identifier)]
    [InlineData("userID", 5, 3, ColumnKind.Identifier)]
    [InlineData("paid", 5, 3, ColumnKind.Number)]
    [InlineData("GRID", 5, 3, ColumnKind.Number)]
    public void Whole_numbers_that_only_name_the_row_are_an_identifier(string name, int first, int rows, ColumnKind kind)
    {
        Column column = Csv($"{name}\n" + string.Concat(Enumerable.Range(first, rows).Select(i => $"{i}\n")))[name];

        Assert.Equal(kind, column.Kind);
        Assert.Equal(kind == ColumnKind.Number, column.IsUsable);
        Assert.Equal(kind == ColumnKind.Number, column.Reason is null);
        Assert.Equal(first, column.Number(0));
    }

    [Theory]
    [InlineData("7\n3\n5", ColumnKind.Identifier)]
    [InlineData("9\n7\n5", ColumnKind.Identifier)]
    [InlineData("7\n3\n7", ColumnKind.Number)]
    [InlineData("7\n3.5\n5", ColumnKind.Number)]
    [InlineData("7\nNA\n5", ColumnKind.Number)]
    public void An_id_has_a_different_whole_number_in_every_row(string cells, ColumnKind kind)
        => Assert.Equal(kind, Csv("id\n" + cells)["id"].Kind);

    [Fact]
    public void Numbers_and_texts_half_and_half_are_categories()
        => Assert.Equal(["a", "1", "2"], Csv("t\na\n1\n2\na\n")["t"].Categories);

    [Fact]
    public void A_column_without_any_cell_is_one_of_missing_numbers()
    {
        Column column = Csv("a,b\n,1\n?,2\n")["a"];

        Assert.Equal((ColumnKind.Number, 2), (column.Kind, column.MissingCount));
        Assert.Equal([double.NaN, double.NaN], Numbers(column));
    }

    [Fact]
    public void Types_that_are_given_are_taken()
    {
        var types = new Dictionary<string, ColumnKind>(StringComparer.Ordinal)
        {
            ["zip"] = ColumnKind.Category,
            ["id"] = ColumnKind.Number,
            ["flag"] = ColumnKind.YesNo,
            ["skip"] = ColumnKind.Text,
            ["key"] = ColumnKind.Identifier,
        };
        const string Text = "zip,id,flag,skip,key\n01067,1,yes,inf,7\n1067,2,yes,x,x\n01067,3,Yes,y,8\n";
        Table table = Csv(Text, new CsvOptions { Types = types });

        Assert.Equal(["01067", "1067"], table["zip"].Categories);
        Assert.Equal([1, 2, 3], Numbers(table["id"]));
        Assert.Equal([1, 1, 1], Numbers(table["flag"]));
        Assert.All(table.Columns, column => Assert.Equal(types[column.Name], column.Kind));
        Assert.Equal("its type was given", table["skip"].Reason);
        Assert.Equal("its type was given", table["key"].Reason);
    }

    [Fact]
    public void Free_text_can_be_made_a_category_however_many_values_it_has()
    {
        string text = "t\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"t{i}\n"));
        Column column = Csv(text, Given("t", ColumnKind.Category))["t"];

        Assert.Equal(3000, column.Categories.Count);
        Assert.Equal(2999, column.Category(2999));
    }

    [Fact]
    public void Numbers_turn_into_categories()
    {
        Column column = Csv("n\n2.0\n1\nNA\n2\n-0\n0\n")["n"].ToCategory();

        Assert.Equal((ColumnKind.Category, 1), (column.Kind, column.MissingCount));
        Assert.Equal(["2", "1", "0"], column.Categories);
        Assert.Equal([0, 1, -1, 0, 2, 2], Codes(column));
        Assert.Same(column, column.ToCategory());
        Assert.Equal(
            "Column 'n' has more than 2 different values, too many for categories.",
            Refusal(() => Csv("n\n1\n2\n3\n")["n"].ToCategory(limit: 2)));
    }

    [Fact]
    public void A_column_says_what_it_is()
    {
        string[] lines = ["1,a,no,t0,101", .. Enumerable.Range(1, 29).Select(i => $"NA,b,yes,t{i},{100 - i}")];
        Table table = Csv("n,c,y,t,id\n" + string.Join('\n', lines));

        Assert.Equal(
            [
                "n: number, 29 missing",
                "c: category, 2 values",
                "y: yes/no",
                "t: text, left out: free text, 30 different texts in 30 cells",
                "id: identifier, left out: a different whole number in every row, and its name says id",
            ],
            table.Columns.Select(column => column.ToString()).ToArray());
    }
}

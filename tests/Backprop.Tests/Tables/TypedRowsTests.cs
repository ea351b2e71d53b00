using System.Data;
using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class TypedRowsTests
{
    enum Colour
    {
        Red,
        Blue,
    }

    [Fact]
    public void Takes_the_properties_of_a_type_as_columns()
    {
        Person[] people =
        [
            new(30, 1.5f, 7m, true, "a", Colour.Blue, new DateTime(2000, 1, 1)) { Extra = 'x' },
            new(null, double.NaN, 8m, null, " ", null, default) { Extra = 'y' },
            new(31, -0.0, 9m, false, " b ", Colour.Red, default) { Extra = 'x' },
        ];
        Table table = Table.From(people);

        Assert.Equal("the list of Person", table.Source);
        Assert.Equal(["Age", "Size", "Cost", "Member", "Town", "Favourite", "Born", "Extra"], Names(table));
        Assert.Equal([30, double.NaN, 31], Numbers(table["Age"]));
        Assert.Equal([1.5, double.NaN, -0.0], Numbers(table["Size"]));
        Assert.Equal([7, 8, 9], Numbers(table["Cost"]));
        Assert.Equal(ColumnKind.YesNo, table["Member"].Kind);
        Assert.Equal([1, double.NaN, 0], Numbers(table["Member"]));
        Assert.Equal(["a", "", "b"], Texts(table["Town"]));
        Assert.Equal(["Blue", "", "Red"], Texts(table["Favourite"]));
        Assert.Equal(ColumnKind.Text, table["Born"].Kind);
        Assert.Equal("its type DateTime is neither number, text nor yes/no", table["Born"].Reason);
        Assert.Equal([0, 1, 0], Codes(table["Extra"]));
    }

    [Fact]
    public void Takes_numbers_of_every_type()
    {
        var row = new
        {
            A = (sbyte)-1,
            B = (byte)2,
            C = (short)-3,
            D = (ushort)4,
            E = -5,
            F = 6u,
            G = -7L,
            H = 8UL,
            I = (Half)9.5,
            J = 10.25f,
            K = 11.125,
            L = 12.5m,
            M = (Int128)(-13),
            N = (UInt128)14,
            O = (nint)(-15),
            P = (nuint)16,
        };
        Table table = Table.From([row]);

        Assert.All(table.Columns, column => Assert.Equal(ColumnKind.Number, column.Kind));
        Assert.Equal(
            [-1, 2, -3, 4, -5, 6, -7, 8, 9.5, 10.25, 11.125, 12.5, -13, 14, -15, 16],
            table.Columns.Select(column => column.Number(0)));
    }

    [Fact]
    public void Texts_that_look_like_numbers_stay_texts()
        => Assert.Equal(["01", "1"], Table.From([new { Zip = "01" }, new { Zip = "1" }])["Zip"].Categories.ToArray());

    [Fact]
    public void Finds_identifiers_and_free_text()
    {
        Table table = Table.From(Enumerable.Range(0, 30).Select(i => new { CustomerId = i * 7, Note = $"note {i}" }));

        Assert.Equal(ColumnKind.Identifier, table["CustomerId"].Kind);
        Assert.Equal("free text, 30 different texts in 30 cells", table["Note"].Reason);
    }

    [Fact]
    public void Reads_a_data_table()
    {
        using DataTable data = Data();
        Table table = Table.From(data);

        Assert.Equal("sales", table.Source);
        Assert.Equal([1.5, double.NaN], Numbers(table["price"]));
        Assert.Equal(["x", ""], Texts(table["shop"]));
        Assert.Equal([1, 0], Numbers(table["open"]));
    }

    [Fact]
    public void Reads_a_data_reader_and_leaves_it_open()
    {
        using DataTable data = Data();
        using DataTableReader reader = data.CreateDataReader();
        Table table = Table.From(reader);

        Assert.Equal("the data reader", table.Source);
        Assert.Equal(2, table.RowCount);
        Assert.False(reader.IsClosed);
    }

    [Fact]
    public void No_rows_make_a_table_of_none()
    {
        Assert.Equal((0, 8), (Table.From(Array.Empty<Person>()).RowCount, Table.From(Array.Empty<Person>()).Columns.Count));
        using DataTable data = Data();
        Assert.Equal(["price", "shop", "open"], Names(Table.From(data.Clone())));
    }

    [Fact]
    public void Dictionaries_are_rows_whose_cells_say_what_they_are()
    {
        Table table = Table.From(new List<Dictionary<string, object?>>
        {
            new(StringComparer.Ordinal) { ["n"] = 1, ["t"] = "a", ["b"] = true, ["mixed"] = 1.5, ["odd"] = new object() },
            new(StringComparer.Ordinal) { ["n"] = 2.5m, ["late"] = 'x', ["b"] = null, ["mixed"] = "b", ["odd"] = null },
            new(StringComparer.Ordinal) { ["n"] = DBNull.Value, ["t"] = Colour.Red, ["b"] = false, ["mixed"] = true },
        });

        Assert.Equal("the list of rows", table.Source);
        Assert.Equal(["n", "t", "b", "mixed", "odd", "late"], Names(table));
        Assert.Equal([1, 2.5, double.NaN], Numbers(table["n"]));
        Assert.Equal(["a", "", "Red"], Texts(table["t"]));
        Assert.Equal([1, double.NaN, 0], Numbers(table["b"]));
        Assert.Equal(["1.5", "b", "True"], Texts(table["mixed"]));
        Assert.Equal("its type Object is neither number, text nor yes/no", table["odd"].Reason);
        Assert.Equal(["", "x", ""], Texts(table["late"]));
        Assert.Equal(
            "the list of rows, row 2: the row is null.",
            Refusal(() => Table.From(new Dictionary<string, int>?[] { new(StringComparer.Ordinal) { ["a"] = 1 }, null }!)));
        Assert.Equal(
            "the list of rows, row 1: two cells are named 'a'.",
            Refusal(() => Table.From([new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1, [" a"] = 2 }])));
    }

    [Fact]
    public void Refuses_rows_that_make_no_table()
    {
        Assert.Equal(
            "The type Empty has no public property to read; its properties are the columns.",
            Refusal(() => Table.From([new Empty()])));
        Assert.Equal("the list of Person, row 1: the row is null.", Refusal(() => Table.From(new Person[] { null! })));
        Assert.Equal(
            "the list of Person, row 2, column 'Size': the number is infinite, which is no value to learn from.",
            Refusal(() => Table.From([Of(1), Of(double.NegativeInfinity)])));

        using var data = new DataTable("empty");
        Assert.Equal("empty has no columns.", Refusal(() => Table.From(data)));
        data.Columns.Add("a", typeof(int));
        data.Columns.Add(" a", typeof(int));
        Assert.Equal(
            "empty: columns 1 and 2 are both named 'a'; rename one (SELECT … AS name).", Refusal(() => Table.From(data)));
        data.Columns[1].ColumnName = " ";
        Assert.Equal("empty: column 2 has no name; give it one (SELECT … AS name).", Refusal(() => Table.From(data)));
    }

    static DataTable Data()
    {
        var data = new DataTable("sales");
        data.Columns.Add("price", typeof(double));
        data.Columns.Add("shop", typeof(string));
        data.Columns.Add("open", typeof(bool));
        data.Rows.Add(1.5, "x", true);
        data.Rows.Add(DBNull.Value, DBNull.Value, false);
        return data;
    }

    static Person Of(double size) => new(1, size, 1, true, "a", Colour.Red, default);

    sealed class Empty;

    sealed record Person(int? Age, double Size, decimal Cost, bool? Member, string Town, Colour? Favourite, DateTime Born)
    {
        public static int Shared => 1;

        public char Extra { get; init; }

        public int WriteOnly
        {
            set => _ = value;
        }

        public int this[int index] => index;
    }
}

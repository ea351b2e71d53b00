using System.Collections;
using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations.Schema;
using System.Data;
using System.Dynamic;
using System.Text.Json;
using Xunit;

namespace Backprop.Tests;

/// <summary>One row of any kind is predicted by one short call, and finds the model's columns by its own names.</summary>
public sealed class OneRowTests
{
    static readonly Model s_model = Model.Train(
        Tabular.Csv("shop no,Retail Price,city,is_open,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(
            i => $"{i * 7 % 31},{i % 9}.5,{((string[])["Rome", "Oslo", "Bonn"])[i % 3]},"
                + $"{(i % 4 < 2 ? "yes" : "no")},{(i % 9 > 4 ? "dear" : "cheap")}\n"))),
        "kind", Samples.Short).Model;

    static readonly double[] s_expected = s_model.Predict(
        Tabular.Csv("shop no,Retail Price,city,is_open\n3,8.5,Rome,yes\n")).Row(0).ToArray();

    [Fact]
    public void Properties_and_fields_find_their_columns_by_letters_and_digits_or_by_an_attribute()
    {
        Is(s_model.Predict(new Shop(3, 8.5, "Rome", true)));
        Is(s_model.Predict(new { ShopNo = 3, retail_price = 8.5m, CITY = "Rome", Is_Open = 1 }));
        Is(s_model.Predict(new Named { A = 3, B = 8.5, C = "Rome", IsOpen = "ja" }));
        Is(s_model.Predict(new NamedRecord(3, 8.5, "Rome", true)));
        Is(s_model.Predict(new Fields { ShopNo = 3, Price = 8.5f, City = "Rome", IsOpen = true }));
        Is(s_model.Predict(new Derived { ShopNo = 3, RetailPrice = 8.5, City = "Rome", IsOpen = true }));
    }

    [Fact]
    public void Dictionaries_and_data_rows_are_rows()
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["shop no"] = 3,
            ["Retail Price"] = 8.5,
            ["city"] = "Rome",
            ["is_open"] = true,
        };
        Is(s_model.Predict(row));
        Is(s_model.Predict(row.ToFrozenDictionary()));
        Is(s_model.Predict((IReadOnlyDictionary<string, object?>)row));
        Is(s_model.Predict(new Hashtable(row)));
        IDictionary<string, object?> expando = new ExpandoObject();
        foreach ((string name, object? cell) in row)
            expando.Add(name, cell);
        Is(s_model.Predict(expando));
        Is(s_model.Predict(row.ToDictionary(
            cell => cell.Key,
            cell => Convert.ToString(cell.Value, System.Globalization.CultureInfo.InvariantCulture),
            StringComparer.Ordinal)));
        Is(s_model.Predict(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            """{"shopNo": 3, "retailPrice": 8.5, "city": "Rome", "isOpen": true}""")!));

        using DataTable data = Data();
        Is(s_model.Predict(data.Rows[0]));
        Assert.Equal(2, s_model.Predict(data.AsEnumerable()).Count);
        Assert.Equal(2, s_model.Predict(Table.From(data)).Count);
    }

    [Fact]
    public void Lists_of_rows_are_lists_and_no_rows_are_none()
    {
        List<Shop> shops = [new(3, 8.5, "Rome", true), new(4, 0.5, "Rome", null)];
        Predictions predictions = s_model.Predict(shops);
        Assert.Equal(2, predictions.Count);
        Assert.Equal(s_expected, predictions.Row(0).ToArray());
        Assert.Equal(predictions.Select(it => it.Label), [predictions.Label(0), predictions.Label(1)]);
        Assert.Equal(2, s_model.Predict(shops.Select(it => it)).Count);
        Assert.Single(s_model.Predict(new List<Dictionary<string, object?>>
        {
            new(StringComparer.Ordinal) { ["Shop No"] = 3, ["retailprice"] = null, ["city"] = "Rome", ["is_open"] = null },
        }));

        Assert.Empty(s_model.Predict(Array.Empty<Shop>()));
        Assert.Empty(s_model.Predict(Array.Empty<Dictionary<string, object?>>()));
        using DataTable data = Data();
        Assert.Empty(s_model.Predict(Table.From(data.Clone())));
        Assert.Equal(
            "the list of Shop has no rows.", Tabular.Refusal(() => Model.Train(Table.From(Array.Empty<Shop>()), "City")));
    }

    [Fact]
    public void A_prediction_says_its_label_and_probabilities_or_its_number()
    {
        Prediction prediction = s_model.Predict(new Shop(3, 8.5, "Rome", true));
        Assert.Equal("dear", prediction.Label);
        Assert.Equal(s_expected.Max(), prediction.Probability);
        Assert.Equal(s_expected[0], prediction.ProbabilityOf("cheap"));
        Assert.StartsWith("dear (", prediction.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => prediction.Number);
        Assert.Throws<ArgumentException>(() => prediction.ProbabilityOf("free"));

        Table diabetes = Samples.Diabetes();
        Predictions all = Model.Train(diabetes, ["progression", "glucose"], Samples.Short).Model.Predict(diabetes);
        Assert.Equal((all.Number(7), all.Number(7, 1)), (all[7].Number, all[7].NumberOf("glucose")));
        Assert.Throws<ArgumentException>(() => all[7].NumberOf("height"));
        Assert.Throws<InvalidOperationException>(() => all[7].Label);
        Assert.Throws<ArgumentOutOfRangeException>(() => all[all.Count]);
    }

    [Fact]
    public void Rows_with_targets_are_measured_explained_and_checked_by_their_own_names()
    {
        Table table = Table.From([new Sold(3, 8.5, "Rome", true, "dear"), new Sold(3, 0.5, "Rome", true, "cheap")]);
        Assert.Equal(2, s_model.Evaluate(table).Rows);
        Assert.Equal(["dear"], s_model.Explain(table, [0]).TargetCells[0]);
        Assert.True(s_model.CheckGradients(table).Passed);
    }

    [Fact]
    public void What_is_in_doubt_or_no_row_is_refused_in_a_sentence()
    {
        Assert.Equal(
            "the row: 'RetailPrice' or 'retail_price' may be 'Retail Price'; say which is which, a property by "
            + "[ColumnName(\"Retail Price\")].",
            Tabular.Refusal(
                () => s_model.Predict(new { ShopNo = 3, RetailPrice = 1, retail_price = 2, City = "Rome", IsOpen = true })));
        Assert.StartsWith(
            "the row has no column 'city'",
            Tabular.Refusal(() => s_model.Predict(new { ShopNo = 3, RetailPrice = 1, IsOpen = true })),
            StringComparison.Ordinal);
        Assert.Equal(
            "A text is no row of a table; a file is read by Table.ReadCsv(path).",
            Tabular.Refusal(() => s_model.Predict("shops.csv")));
        Assert.Equal(
            "A value of the type Int32 is no row of a table: a row has named cells.",
            Tabular.Refusal(() => s_model.Predict([1, 2])));
        using DataTable data = Data();
        Assert.Equal("A DataTable is no row but many; take Table.From of it.", Tabular.Refusal(() => s_model.Predict(data)));
        Assert.Equal(
            "A DataRowCollection is no row of a table but a list, of a type that it does not say.",
            Tabular.Refusal(() => s_model.Predict(data.Rows)));
        Assert.Equal(
            "the row, row 1: Shop given as Object does not say its columns; give it as what it is.",
            Tabular.Refusal(() => s_model.Predict((object)new Shop(1, 2, "Rome", true))));
        Assert.Equal(
            "First and Second of the type Twice are both the column 'a'; name another in one.",
            Tabular.Refusal(() => s_model.Predict(new Twice(1, 2))));
        Assert.Equal(
            "The column 'city' was left out here (its type DateTime is neither number, text nor yes/no), but the model was "
            + "trained with it; give it as category (--types city=category).",
            Tabular.Refusal(
                () => s_model.Predict(new { ShopNo = 3, RetailPrice = 1, City = new DateTime(2000, 1, 1), IsOpen = true })));
        Assert.Throws<ArgumentNullException>(() => s_model.Predict((Shop)null!));
    }

    [Fact]
    public void Many_different_texts_of_typed_rows_are_categories_to_a_model_that_knows_them()
    {
        Predictions predictions = s_model.Predict(
            Enumerable.Range(0, 50).Select(i => new Shop(i, i, i == 7 ? "Rome" : $"town {i}", true)));
        Assert.Equal(49, Assert.Single(predictions.Unseen).Rows);
        Assert.Equal(s_model.Predict(new Shop(7, 7, "Rome", true)).Values.ToArray(), predictions.Row(7).ToArray());
    }

    static void Is(Prediction prediction)
    {
        Assert.Equal(s_expected, prediction.Values.ToArray());
        Assert.Empty(prediction.Unseen);
    }

    static DataTable Data()
    {
        var data = new DataTable("shops");
        data.Columns.Add("shop no", typeof(int));
        data.Columns.Add("Retail Price", typeof(decimal));
        data.Columns.Add("city");
        data.Columns.Add("is_open", typeof(bool));
        data.Rows.Add(3, 8.5m, "Rome", true);
        data.Rows.Add(3, DBNull.Value, "Rome", DBNull.Value);
        return data;
    }

    sealed record Shop(int ShopNo, double RetailPrice, string City, bool? IsOpen);

    sealed record Sold(int ShopNo, double RetailPrice, string City, bool? IsOpen, string Kind);

    sealed record NamedRecord(
        [property: Column("shop no")] int A, [ColumnName("Retail Price")] double B, [property: ColumnName("city")] string C,
        bool IsOpen);

    sealed record Twice([ColumnName("a")] int First, [ColumnName("a")] int Second);

    sealed class Named
    {
        [Column("shop no")]
        public required int A { get; init; }

        [ColumnName("Retail Price")]
        public double? B { get; init; }

        [Column("city")]
        public object? C { get; init; }

        public string? IsOpen { get; init; }
    }

    struct Fields
    {
        public int ShopNo;

        [ColumnName("Retail Price")]
        public float Price;

        public string City;

        public bool IsOpen;
    }

    class Shared
    {
        public int ShopNo { get; set; }

        public object? RetailPrice { get; set; }

        public string? City { get; set; }

        public bool IsOpen { get; set; }
    }

    sealed class Derived : Shared
    {
        public new double RetailPrice { get; set; }
    }
}

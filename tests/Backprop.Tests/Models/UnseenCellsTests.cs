using Xunit;

namespace Backprop.Tests;

/// <summary>Cells that say what training did not see are counted and named, never taken for something in silence.</summary>
public sealed class UnseenCellsTests
{
    static readonly Model s_model = Model.Train(Tabular.Csv(Training()), "y", Samples.Short).Model;

    [Fact]
    public void Nothing_is_said_of_cells_that_training_saw()
    {
        Table table = Tabular.Csv(Training());
        Assert.Empty(s_model.Predict(table).Unseen);
        Assert.Empty(s_model.Evaluate(table).Unseen);
        Assert.Empty(s_model.Explain(table, [0]).Unseen);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("YES", "Yes", "true", "TRUE", "y", "t", "on", "1", "1.0", "1.00", "ja", "J", "oui", "si", "Sí", "wahr", "vrai")]
    [InlineData("no", "False", "n", "F", "off", "0", "0.0", "nein", "non", "falsch", "faux", "falso")]
    public void The_words_for_yes_and_no_are_known_in_a_column_of_yes_and_no(params string[] words)
    {
        string meant = words[0] == "yes" || words[0] == "YES" ? "yes" : "no";
        long[] bits = Samples.Bits(s_model, Tabular.Csv($"age,city,grade,member\n30,Rome,2.0,{meant}\n"));
        Assert.All(words, word =>
        {
            Table table = Tabular.Csv($"age,city,grade,member\n30,Rome,2.0,{word}\n");
            Assert.Equal(bits, Samples.Bits(s_model, table));
            Assert.Empty(s_model.Predict(table).Unseen);
        });
    }

    [Fact]
    public void Each_kind_of_unseen_cell_is_counted_and_says_what_it_counts_as()
    {
        Table table = Tabular.Csv("age,city,grade,member\n30,Rome,2,yes\nabc,Paris,2,maybe\n-,Paris,9,2\n41,oslo,1,no\n");
        Predictions predictions = s_model.Predict(table);
        Assert.Equal(
            [
                "2 of 4 cells of 'age' are no numbers ('abc', '-'); they count as missing.",
                "3 of 4 cells of 'city' say what training did not see ('Paris', 'oslo'); they count as none of its categories.",
                "1 of 4 cells of 'grade' says what training did not see ('9'); it counts as none of its categories.",
                "2 of 4 cells of 'member' say what training did not see ('maybe', '2'); they count as no.",
            ],
            predictions.Unseen.Select(cells => cells.ToString()));
        Assert.Equal([1, 1, 2, 1], predictions.Unseen.Select(cells => cells.FirstRow));

        Table asSaid = Tabular.Csv("age,city,grade,member\n30,Rome,2,yes\n,Paris,2,no\n,Paris,9,no\n41,oslo,1,no\n");
        Assert.Equal(Samples.Bits(s_model, asSaid), Samples.Bits(s_model, table));
    }

    [Fact]
    public void A_number_that_names_a_category_is_known_with_zeros_behind_the_point_where_only_one_fits()
    {
        Table table = Tabular.Csv(
            "x,k,y\n" + string.Concat(Enumerable.Range(0, 40).Select(
                i => $"{i % 7},{((string[])["12", "1.5", "007", "3.0", "3"])[i % 5]},{(i % 3 == 0 ? "a" : "b")}\n")),
            Tabular.Given("k", ColumnKind.Category));
        Model model = Model.Train(table, "y", Samples.Short).Model;
        string[] Unseen(params string[] cells) => [.. model.Predict(Tabular.Csv(
            "x,k\n" + string.Concat(cells.Select(cell => $"1,{cell}\n")),
            Tabular.Given("k", ColumnKind.Category))).Unseen.SelectMany(it => it.Examples)];
        Assert.Empty(Unseen("12", "12.0", "12.00", "1.50", "1.5", "007.0", "3", "3.0"));
        Assert.Equal(["7", "3.00", "12."], Unseen("7", "3.00", "12."));
    }

    [Fact]
    public void A_missing_cell_is_counted_where_training_had_none()
    {
        Table table = Tabular.Csv("x,city,open,age,y\n" + string.Concat(Enumerable.Range(0, 41).Select(
            i => $"{i * 7 % 41},{((string[])["Rome", "Oslo"])[i % 2]},{(i % 3 == 0 ? "yes" : "no")},"
                + $"{(i == 5 ? "" : $"{i % 7}")},{(i % 4 < 2 ? "a" : "b")}\n")));
        Model model = Model.Train(table, "y", Samples.Short with { Validation = 0 }).Model;
        Table holes = Tabular.Csv("x,city,open,age\n1,Rome,yes,\n,,,1\nabc,Rome,no,\n2,,yes,1\n");
        Assert.Equal(
            [
                "1 of 4 cells of 'x' is no number ('abc'); it counts as the median (20).",
                "1 of 4 cells of 'x' is missing, as none was in training; it counts as the median (20).",
                "2 of 4 cells of 'city' are missing, as none was in training; they count as none of its categories.",
                "1 of 4 cells of 'open' is missing, as none was in training; it counts as no.",
            ],
            model.Predict(holes).Unseen.Select(cells => cells.ToString()));
        Assert.Equal(
            [UnseenKind.NoNumber, UnseenKind.Missing, UnseenKind.Missing, UnseenKind.Missing],
            model.Predict(holes).Unseen.Select(cells => cells.Kind));
        Assert.Equal(
            "data.csv, line 2, column 'city': the cell is missing, as none was in training; correct the cell, or leave out "
            + "--strict to count it as none of its categories.",
            Tabular.Refusal(() => model.AsStrict().Predict(Tabular.Csv("x,city,open,age\n1,,yes,\n"))));
        Assert.Empty(model.AsStrict().Predict(Tabular.Csv("x,city,open,age\n1,Rome,yes,\n")).Unseen);
    }

    [Fact]
    public void Several_more_texts_than_three_are_hinted_at()
    {
        Table table = Tabular.Csv(
            "age,city,grade,member\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"30,city {i},2,yes\n")));
        Assert.Equal(
            "5 of 5 cells of 'city' say what training did not see ('city 0', 'city 1', 'city 2', …); they count as none of its "
            + "categories.",
            Assert.Single(s_model.Predict(table).Unseen).ToString());
    }

    [Fact]
    public void Evaluation_counts_all_rows_and_explanation_those_that_are_shown()
    {
        Table table = Tabular.Csv("age,city,grade,member,y\n30,Rome,2,yes,a\nabc,Paris,2,no,b\n31,Oslo,2,no,b\n");
        Assert.Equal(["age", "city"], s_model.Evaluate(table).Unseen.Select(cells => cells.Column));
        Assert.Empty(s_model.Explain(table, [0, 2]).Unseen);
        Assert.Equal(
            (1, 2), s_model.Explain(table, [0, 1]).Unseen.Select(cells => (cells.Rows, cells.Cells)).Distinct().Single());
    }

    [Fact]
    public void A_strict_model_refuses_them_by_their_place()
    {
        Model strict = s_model.AsStrict();
        Assert.Equal(
            "data.csv, line 3, column 'city': 'Paris' is nothing that training saw (2 rows have such a cell); correct the cell, "
            + "or leave out --strict to count it as none of its categories.",
            Tabular.Refusal(
                () => strict.Predict(Tabular.Csv("age,city,grade,member\n30,Rome,2,yes\n1,Paris,2,no\n1,Paris,2,no\n"))));
        Assert.Equal(
            "data.csv, line 2, column 'age': 'old' is no number; correct the cell, or leave out --strict to count it as missing.",
            Tabular.Refusal(() => strict.Evaluate(Tabular.Csv("age,city,grade,member,y\nold,Rome,2,yes,a\n1,Rome,2,no,b\n"))));
        Table seen = Tabular.Csv(Training());
        Assert.Equal(Samples.Bits(s_model, seen), Samples.Bits(strict, seen));
    }

    [Fact]
    public void A_training_notes_those_of_its_validation_and_test_tables()
    {
        Table Other(string city) => Tabular.Csv("age,city,grade,member,y\n" + string.Concat(Enumerable.Range(0, 5).Select(i =>
            $"{(i == 0 ? "old" : "3")},{city},2,1,{(i < 2 ? "a" : "b")}\n")));
        TrainedModel trained = Model.Train(
            Tabular.Csv(Training()), "y", Samples.Short with { ValidationTable = Other("Paris"), TestTable = Other("Rome") });
        Assert.Equal(
            [
                "data.csv: 1 of 5 cells of 'age' is no number ('old'); it counts as missing.",
                "data.csv: 5 of 5 cells of 'city' say what training did not see ('Paris'); they count as none of its categories.",
                "data.csv: 1 of 5 cells of 'age' is no number ('old'); it counts as missing.",
            ],
            trained.Notes.Where(note => note.StartsWith("data.csv", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_column_of_numbers_without_any_number_is_refused()
    {
        Assert.Equal(
            "The column 'age' holds texts here, but the model was trained with numbers in it.",
            Tabular.Refusal(() => s_model.Predict(Tabular.Csv("age,city,grade,member\nold,Rome,2,yes\nyoung,Rome,2,no\n"))));
        Assert.Equal(
            "The column 'age' holds yes and no here, but the model was trained with numbers in it.",
            Tabular.Refusal(() => s_model.Predict(new { age = true, city = "Rome", grade = 2, member = true })));
    }

    [Fact]
    public void A_text_where_nothing_stands_for_a_missing_number_is_refused()
    {
        Model plain = Model.Train(
            Tabular.Csv("x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}.5,{i % 3}.25\n"))), "y",
            Samples.Short with { Encode = EncodeKind.None }).Model;
        Assert.Equal(
            "The column 'x' says 'abc' in line 3 of data.csv, which is no number, and the model has nothing to put in its place.",
            Tabular.Refusal(() => plain.Predict(Tabular.Csv("x\n1\nabc\n"))));
    }

    [Fact]
    public void A_given_kind_of_yes_and_no_takes_every_word_and_an_inferred_one_only_its_pairs()
    {
        string Rows(string yes, string no) =>
            "m,y\n" + string.Concat(
                Enumerable.Range(0, 40).Select(i => $"{(i % 3 == 0 ? yes : no)},{(i % 2 == 0 ? "a" : "b")}\n"));
        foreach ((string yes, string no) in (ReadOnlySpan<(string, string)>)
            [("1", "0"), ("ja", "nein"), ("on", "off"), ("1.0", "0.0")])
        {
            Model given = Model.Train(Tabular.Csv(Rows(yes, no), Tabular.Given("m", ColumnKind.YesNo)), "y", Samples.Short).Model;
            Assert.Equal(["m"], given.Features);
            Assert.Equal(Samples.Bits(given, Tabular.Csv($"m\n{yes}\n{no}\n")), Samples.Bits(given, Tabular.Csv("m\nyes\nno\n")));
            Assert.NotEqual(ColumnKind.YesNo, Tabular.Csv(Rows(yes, no))["m"].Kind);
        }
    }

    static string Training() => "age,city,grade,member,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        $"{(i % 11 == 0 ? "" : i * 37 % 83)},{((string[])["Rome", "Oslo", "Bonn"])[i % 3]},{((string[])["1", "2", "3+"])[i % 3]},"
        + $"{(i % 5 == 0 ? "yes" : "no")},{(i * 7 % 13 < 6 ? "a" : "b")}\n"));
}

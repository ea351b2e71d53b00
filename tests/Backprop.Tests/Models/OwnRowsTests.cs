using Xunit;

namespace Backprop.Tests;

/// <summary>Rows of one's own type, and cells that mean the same though a table says them another way.</summary>
public sealed class OwnRowsTests
{
    [Fact]
    public void A_type_of_ones_own_is_learnt_predicted_and_measured()
    {
        Patient[] patients = [.. Enumerable.Range(0, 90).Select(Of)];
        TrainedModel trained = Model.Train(
            Table.From(patients), "Returned", new TrainOptions { Layers = [16], Epochs = 60, LearningRate = 0.01 });
        Model model = trained.Model;
        Assert.Equal(["Age", "Insured", "Ward", "Visits"], model.Columns);
        Assert.Equal(
            ["Age", "Age is missing", "Insured", "Insured is missing", "Ward=East", "Ward=North", "Ward=South", "Visits"],
            model.Features);
        Assert.True(trained.Validation!.Accuracy > 0.9, $"{trained.Validation.Accuracy}");

        // Alone, in a shorter type without the target, and as CSV: the same bits.
        Predictions all = model.Predict(patients);
        Table csv = Tabular.Csv(Samples.Csv(Table.From(patients), Enumerable.Range(0, 90)));
        Assert.Equal(all.All.ToArray(), model.Predict(csv).All.ToArray());
        for (int row = 0; row < 20; row++)
        {
            Patient it = patients[row];
            Assert.Equal(all.Row(row).ToArray(), model.Predict([it]).Row(0).ToArray());
            Assert.Equal(
                all.Row(row).ToArray(), model.Predict([new { it.Visits, it.Ward, it.Insured, it.Age }]).Row(0).ToArray());
        }

        Assert.Equal(model.Evaluate(Table.From(patients)).Values, model.Evaluate(csv).Values);
    }

    [Fact]
    public void An_enum_and_a_whole_number_are_targets()
    {
        Patient[] patients = [.. Enumerable.Range(0, 90).Select(Of)];
        Assert.Equal(
            ["East", "North", "South"], Model.Train(Table.From(patients), "Ward", Samples.Short).Model.Classes.ToArray());
        Assert.Equal(
            ["0", "1", "2", "3", "4"], Model.Train(Table.From(patients), "Visits", Samples.Short).Model.Classes.ToArray());
        Model number = Model.Train(Table.From(patients), "Visits", Samples.Short with { Task = TaskKind.Regress }).Model;
        Assert.Empty(number.Classes);
    }

    [Fact]
    public void Categories_written_in_digits_are_known_again_where_a_table_takes_them_for_numbers()
    {
        string Text(IEnumerable<int> rows) =>
            "zip,y\n" + string.Join('\n', rows.Select(i => $"0{i % 4}10,{(i % 4 < 2 ? "a" : "b")}")) + "\n";
        Table table = Tabular.Csv(Text(Enumerable.Range(0, 40)), Tabular.Given("zip", ColumnKind.Category));
        Model model = Model.Train(table, "y", Samples.Short).Model;
        Assert.Equal(["zip=0010", "zip=0110", "zip=0210", "zip=0310"], model.Features);
        Table plain = Tabular.Csv(Text(Enumerable.Range(0, 40)), new CsvOptions { KeepText = ["zip"] });
        Assert.Equal(Samples.Bits(model, table), Samples.Bits(model, plain));
    }

    [Fact]
    public void Classes_that_are_numbers_are_known_again_however_they_are_written()
    {
        Table table = Tabular.Csv("x,y\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i}.5,{i % 3}")));
        Model model = Model.Train(table, "y", Samples.Short).Model;
        Table written = Tabular.Csv("x,y\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i}.50,{i % 3}.0")));
        Assert.Equal(["0", "1", "2"], model.Classes.ToArray());
        Assert.Equal(model.Evaluate(table).Values, model.Evaluate(written).Values);
    }

    [Fact]
    public void Whole_numbers_that_look_like_identifiers_in_a_short_table_are_numbers_still()
    {
        Model model = Model.Train(
            Tabular.Csv("patient_id,y\n"
                + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i % 13},{(i % 13 < 6 ? "a" : "b")}"))),
            "y", Samples.Short).Model;
        Table distinct = Tabular.Csv("patient_id\n" + string.Join('\n', Enumerable.Range(0, 13)));
        Table repeated = Tabular.Csv("patient_id\n" + string.Join('\n', Enumerable.Range(0, 26).Select(i => i % 13)));
        Assert.Equal(Samples.Bits(model, distinct), Samples.Bits(model, repeated)[..26]);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("tanh")]
    public void Two_classes_can_be_trained_with_outputs_that_are_no_probabilities(string output)
    {
        Table table = Tabular.Csv("x,y\n" + string.Join(
            '\n', Enumerable.Range(0, 60).Select(i => $"{i * 37 % 61}.5,{(i * 37 % 61 > 30 ? "b" : "a")}")));
        TrainedModel trained = Model.Train(
            table,
            "y",
            new TrainOptions { OutputActivation = output, Layers = [], Epochs = 200, LearningRate = 0.05, Metric = "accuracy" });
        Assert.Equal("squared", trained.Model.Recipe.Training.Loss);
        Assert.True(trained.Validation!.Accuracy > 0.8, $"{trained.Validation.Accuracy}");
    }

    static Patient Of(int i) => new(
        i % 11 == 0 ? null : i * 37 % 83 + 0.5, i % 7 == 0 ? null : i % 3 == 0, (Ward)(i * 5 % 3), i * 13 % 5, i * 37 % 83 > 40);

    enum Ward
    {
        North,
        South,
        East,
    }

    sealed record Patient(double? Age, bool? Insured, Ward Ward, int Visits, bool Returned);
}

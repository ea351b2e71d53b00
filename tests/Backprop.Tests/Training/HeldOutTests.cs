using Xunit;

namespace Backprop.Tests;

/// <summary>Rows held out, given as tables, and measured afterwards.</summary>
public sealed class HeldOutTests
{
    [Theory]
    [InlineData("iris.csv", "species", Precision.Single)]
    [InlineData("penguins.csv", "species", Precision.Double)]
    [InlineData("diabetes.csv", "progression", Precision.Single)]
    public void What_a_training_reports_is_what_evaluating_the_same_rows_gives(string file, string target, Precision precision)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        TrainedModel trained = Model.Train(table, target, Samples.Short with { Test = 0.2, Precision = precision });
        DataPlan plan = DataPlanner.Plan(table, [target], Samples.Short with { Test = 0.2, Precision = precision });
        Assert.Empty(plan.Training.Intersect(plan.Test).Concat(plan.Test.Intersect(plan.Validation)));
        Assert.Equal(table.RowCount, plan.Training.Length + plan.Test.Length + plan.Validation.Length);

        Assert.Equal(trained.Validation!.Values, trained.Model.Evaluate(Rows(table, plan.Validation)).Values);
        Assert.Equal(trained.Test!.Values, trained.Model.Evaluate(Rows(table, plan.Test)).Values);
    }

    [Theory]
    [InlineData("iris.csv", "species", Precision.Single)]
    [InlineData("iris.csv", "species", Precision.Double)]
    [InlineData("diabetes.csv", "progression", Precision.Single)]
    public void Rows_given_as_tables_are_the_same_rows_held_out(string file, string target, Precision precision)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        TrainOptions options = Samples.Short with { Test = 0.2, Validation = 0.25, Precision = precision };
        TrainedModel held = Model.Train(table, target, options);
        DataPlan plan = DataPlanner.Plan(table, [target], options);
        TrainedModel given = Model.Train(Rows(table, plan.Training), target, options with
        {
            Test = null,
            Validation = null,
            TestTable = Rows(table, plan.Test),
            ValidationTable = Rows(table, plan.Validation),
        });

        Assert.Equal(held.Model.ModelHash, given.Model.ModelHash);
        Assert.Equal(held.BestEpoch, given.BestEpoch);
        Assert.Equal(held.Validation!.Values, given.Validation!.Values);
        Assert.Equal(held.Test!.Values, given.Test!.Values);
        Assert.Equal((null, null), (given.Model.Recipe.Data.Validation, given.Model.Recipe.Data.Test));
    }

    [Fact]
    public void Test_rows_choose_nothing()
    {
        Table iris = Samples.Iris();
        Model without = Model.Train(iris, "species", Samples.Short with { Validation = 0 }).Model;
        Model with = Model.Train(
            iris, "species", Samples.Short with { Validation = 0, TestTable = Rows(iris, [0, 60, 120]) }).Model;
        Assert.Equal(without.ModelHash, with.ModelHash);
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("softmax")]
    public void The_positive_class_is_the_one_that_metrics_of_two_classes_are_about(string output)
    {
        // Three rows in ten are "good", told imperfectly by x.
        Table table = Tabular.Csv("x,y\n" + string.Join('\n', Enumerable.Range(0, 100).Select(i =>
            $"{i * 37 % 101}.5,{(i * 37 % 101 + i * 13 % 40 > 90 ? "good" : "bad")}")));
        TrainOptions options = Samples.Short with { OutputActivation = output, Metric = "averagePrecision" };
        TrainedModel second = Model.Train(table, "y", options);
        TrainedModel first = Model.Train(table, "y", options with { Positive = "bad", Epochs = 5 });
        Assert.Equal(("good", "bad"), (second.Model.Recipe.Data.Positive, first.Model.Recipe.Data.Positive));

        // One model measured both ways: the area is the same seen from either side, the precisions are not.
        TrainedModel one = Model.Train(table, "y", options with { Metric = "loss" });
        TrainedModel other = Model.Train(table, "y", options with { Metric = "loss", Positive = "bad" });
        Assert.Equal(one.Model.ModelHash, other.Model.ModelHash);
        (ClassificationMetrics good, ClassificationMetrics bad) =
            (one.Model.Evaluate(table).Classes!, other.Model.Evaluate(table).Classes!);
        Assert.Equal(good.Auc!.Value, bad.Auc!.Value, 1e-12);
        Assert.NotEqual(good.AveragePrecision, bad.AveragePrecision);
        Predictions predictions = one.Model.Predict(table);
        double[] p = [.. Enumerable.Range(0, 100).Select(row => predictions.Probability(row, "good"))];
        Assert.Equal(Area(p, [.. Enumerable.Range(0, 100).Select(row => table["y"].Text(row) == "good")]), good.Auc.Value, 1e-12);
    }

    [Fact]
    public void Refuses_rows_that_cannot_be_measured()
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", Samples.Short).Model;
        const string Header = "sepal_length,sepal_width,petal_length,petal_width,species\n";
        Assert.Equal(
            "The target column 'species' of data.csv says 'rose' in line 3, which is not one of the classes setosa, versicolor, "
            + "virginica.",
            Tabular.Refusal(() => model.Evaluate(Tabular.Csv(Header + "1,2,3,4,setosa\n1,2,3,4,rose\n"))));
        Assert.Equal(
            "The target column 'species' of data.csv is missing in 1 of 2 rows, the first in line 2; --missing-target drop "
            + "leaves it out.",
            Tabular.Refusal(() => model.Evaluate(Tabular.Csv(Header + "1,2,3,4,\n1,2,3,4,setosa\n"))));
        Assert.Contains(
            "'petal_width'",
            Tabular.Refusal(() => model.Predict(Tabular.Csv("sepal_length,sepal_width,petal_length\n1,2,3\n"))),
            StringComparison.Ordinal);
        Assert.Equal(
            "The column 'petal_width' holds texts here, but the model was trained with numbers in it.",
            Tabular.Refusal(() => model.Predict(Tabular.Csv(Header + "1,2,3,wide,setosa\n1,2,3,thin,setosa\n"))));
    }

    static Table Rows(Table table, IEnumerable<int> rows) => Tabular.Csv(Samples.Csv(table, rows));

    /// <summary>The share of pairs of a positive and a negative row that are in the right order, by counting.</summary>
    static double Area(double[] p, bool[] positive)
    {
        double right = 0, pairs = 0;
        for (int i = 0; i < p.Length; i++)
        {
            for (int j = 0; j < p.Length; j++)
            {
                if (positive[i] && !positive[j])
                {
                    pairs++;
                    right += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
                }
            }
        }

        return right / pairs;
    }
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class ExplanationTests
{
    static readonly int[] s_rows = [50, 3, 149, 77, 100];

    [Theory]
    [InlineData("gradient-descent", "constant", "none")]
    [InlineData("momentum", "cosine:warmup=7", "none")]
    [InlineData("nesterov", "constant", "norm=0.01")]
    [InlineData("adagrad", "constant", "value=0.001")]
    [InlineData("rmsprop", "one-cycle", "none")]
    [InlineData("adam", "cosine:warmup=3", "norm=0.05")]
    [InlineData("adamw", "one-cycle:warmup=2", "value=0.02")]
    [InlineData("nadam", "exponential", "none")]
    [InlineData("lion", "constant", "none")]
    [InlineData("rprop", "constant", "none")]
    public void The_update_is_the_trainers_first_step_bit_for_bit(string optimizer, string schedule, string clip)
    {
        foreach (Precision precision in new[] { Precision.Single, Precision.Double })
        {
            Model model = Train(new TrainOptions
            {
                Layers = [7, 5],
                Epochs = 4,
                Batch = 0,
                Optimizer = Optimizer.Parse(optimizer),
                Schedule = Schedule.Parse(schedule),
                Clip = Clip.Parse(clip),
                L1 = 0.001,
                L2 = 0.01,
                Dropout = 0.3,
                ClassWeights = "setosa=3,virginica=0.5",
                Precision = precision,
            });
            foreach (int[] rows in new[] { s_rows, [50] })
                AssertFirstStep(model, model.Explain(Samples.Iris(), rows));
        }
    }

    [Theory]
    [InlineData("squared", "linear")]
    [InlineData("half-squared", "linear")]
    [InlineData("absolute", "linear")]
    [InlineData("huber:delta=0.5", "linear")]
    [InlineData("quantile:q=0.8", "linear")]
    [InlineData("squared", "8")]
    [InlineData("poisson", "exponential")]
    public void So_it_is_with_every_loss_with_sums_and_without_biases(string loss, string output)
    {
        foreach (Reduction reduction in new[] { Reduction.Mean, Reduction.Sum })
        {
            Model model = Model.Train(Samples.Diabetes(), "progression", new TrainOptions
            {
                Layers = [4],
                Epochs = 1,
                LearningRate = 1e-5,
                Loss = Loss.Parse(loss),
                OutputActivation = output == "8" ? null : output,
                Reduction = reduction,
                Bias = reduction == Reduction.Mean,
                Task = TaskKind.Regress,
            }).Model;
            AssertFirstStep(model, model.Explain(Samples.Diabetes(), [9, 4, 400]));
        }
    }

    /// <summary>
    /// Shards are summed apart and their sums by the trainer's tree; one has no row where there are fewer rows than shards.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void So_it_is_with_shards(int shards)
    {
        foreach (Precision precision in new[] { Precision.Single, Precision.Double })
        {
            Model model = Train(new TrainOptions
            {
                Layers = [6],
                Epochs = 2,
                Batch = 0,
                Shards = shards,
                Precision = precision,
                ClassWeights = "setosa=3",
            });
            Explanation explanation = model.Explain(Samples.Iris(), s_rows);
            AssertFirstStep(model, explanation);
            Assert.Equal(shards, explanation.Shards.Length);
            Assert.Equal(s_rows.Length, explanation.Shards.Sum(shard => shard.Count));
            Assert.Equal(
                explanation.Shards.Select((_, shard) => explanation.Shards.Take(shard).Sum(before => before.Count)),
                explanation.Shards.Select(shard => shard.First));
            AssertFirstStep(model, model.Explain(Samples.Iris(), [50]));
        }

        Assert.Empty(Train(new TrainOptions { Layers = [3], Epochs = 1 }).Explain(Samples.Iris(), s_rows).Shards);
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void More_rows_than_a_chunk_holds_give_the_same_bits_too(Precision precision)
    {
        string csv = "x,y\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"{i % 37 - 18},{i * 7 % 11}\n"));
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        Table table = Table.ReadCsv(stream, "rows");
        Model model = Model.Train(
            table, "y", new TrainOptions { Layers = [5], Epochs = 1, Task = TaskKind.Regress, Precision = precision }).Model;
        AssertFirstStep(model, model.Explain(table, [.. Enumerable.Range(0, 1100)]));
    }

    [Fact]
    public void Row_weights_are_scaled_to_mean_1_over_the_shown_rows()
    {
        using var stream = new MemoryStream("x,w,y\n1,2,3\n2,0,5\n3,6,4\n4,1,9\n5,1,2\n"u8.ToArray());
        Table table = Table.ReadCsv(stream, "rows");
        Model model = Model.Train(table, "y", new TrainOptions
        {
            Layers = [3],
            Epochs = 2,
            RowWeights = "w",
            Task = TaskKind.Regress,
            Validation = 0,
        }).Model;
        Explanation explanation = model.Explain(table, [0, 1, 2]);
        Assert.Equal([0.75, 0, 2.25], explanation.RowWeights.ToArray());
        AssertFirstStep(model, explanation);
        Assert.Equal([1], model.Explain(table, [2]).RowWeights.ToArray());
        Assert.Contains(
            "No row has a weight above 0", Assert.Throws<BackpropException>(() => model.Explain(table, [1])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Balanced_class_weights_are_those_of_the_shown_rows()
    {
        Model model = Train(new TrainOptions { Layers = [3], Epochs = 1, ClassWeights = "balanced" });
        Explanation explanation = model.Explain(Samples.Iris(), [0, 1, 2, 50]);
        Assert.Equal([2 / 3.0, 2 / 3.0, 2 / 3.0, 2], explanation.RowWeights.ToArray());
    }

    [Fact]
    public void Its_numbers_are_the_engines_record()
    {
        Model model = Train(new TrainOptions { Layers = [6], Epochs = 2 });
        Explanation explanation = model.Explain(Samples.Iris(), s_rows);
        Assert.Null(explanation.Flow<double>());
        FlowRecord<float> flow = explanation.Flow<float>()!;
        AssertSame(flow.Inputs, explanation.Inputs);
        AssertSame(flow.InputErrors, explanation.InputErrors);
        AssertSame(flow.Targets, explanation.Targets);
        Assert.Equal(flow.BatchLoss, explanation.BatchLoss);
        for (int k = 0; k < 2; k++)
        {
            (LayerRecord<float> engine, ExplainedLayer shown) = (flow.Layers[k], explanation.Layers[k]);
            AssertSame(engine.U, shown.U);
            AssertSame(engine.X, shown.X);
            AssertSame(engine.Delta, shown.Delta);
            AssertSame(engine.Weights, shown.Weights);
            AssertSame(engine.WeightGradient, shown.WeightGradient);
            AssertSame(engine.BiasGradient!, shown.BiasGradient!);
        }

        Predictions predictions = model.Predict(Samples.Iris());
        for (int i = 0; i < s_rows.Length; i++)
        {
            for (int j = 0; j < 3; j++)
                Assert.Equal(predictions.Probability(s_rows[i], model.Classes[j]), explanation.Layers[^1].X[i, j]);
        }
    }

    [Fact]
    public void Every_feature_belongs_to_the_column_it_comes_of_with_its_cell()
    {
        Table table = Samples.Penguins();
        Model model = Model.Train(table, "species", new TrainOptions { Layers = [4], Epochs = 1 }).Model;
        Explanation explanation = model.Explain(table, [3, 0]);
        Assert.Equal(model.Columns, explanation.Columns.Select(column => column.Name));
        Assert.Equal(model.Features, explanation.Columns.SelectMany(column => column.Features));
        Assert.Equal(
            explanation.Columns.Select(column => column.FirstFeature),
            explanation.Columns.Select((_, i) => explanation.Columns.Take(i).Sum(before => before.Features.Length)));
        ExplainedColumn mass = explanation.Columns.Single(column => column.Name == "body_mass_g");
        Assert.Equal(["", "3750"], mass.Cells.ToArray());
        Assert.Equal(
            [1, 0], new[] { explanation.Inputs[0, mass.FirstFeature + 1], explanation.Inputs[1, mass.FirstFeature + 1] });
        ExplainedColumn island = explanation.Columns.Single(column => column.Name == "island");
        int torgersen = island.FirstFeature + island.Features.IndexOf("island=Torgersen");
        Assert.Equal(1, explanation.Inputs[0, torgersen]);
        for (int row = 0; row < 2; row++)
        {
            double push = 0;
            for (int i = 0; i < island.Features.Length; i++)
                push += explanation.InputErrors[row, island.FirstFeature + i] * explanation.Inputs[row, island.FirstFeature + i];
            Assert.Equal(push, island.RowPushes[row]);
        }

        Assert.Equal(island.RowPushes.Sum(), island.Push);
    }

    /// <summary>Where e is linear in the inputs, its first order is all there is.</summary>
    [Fact]
    public void Pushes_of_a_linear_loss_add_up_to_what_the_inputs_did()
    {
        Table table = Samples.Diabetes();
        Model model = Model.Train(table, "progression", new TrainOptions
        {
            Layers = [],
            Epochs = 20,
            Loss = Loss.Absolute,
            Precision = Precision.Double,
        }).Model;
        Explanation explanation = model.Explain(table, [5]);
        ExplainedLayer layer = explanation.Layers[0];
        double with = layer.X[0, 0] - explanation.Targets[0, 0];
        double without = layer.Biases![0, 0] - explanation.Targets[0, 0];
        Assert.Equal(Math.Sign(with), Math.Sign(without));
        Assert.Equal(Math.Abs(with) - Math.Abs(without), explanation.Columns.Sum(column => column.Push), 1e-13);
    }

    [Fact]
    public void Refuses_rows_that_are_not_there_and_targets_that_are_not_known()
    {
        Model model = Train(new TrainOptions { Layers = [3], Epochs = 1 });
        Assert.Contains("count from 0 to 149", Refused(() => model.Explain(Samples.Iris(), [150])), StringComparison.Ordinal);
        Assert.Contains("count from 0 to 149", Refused(() => model.Explain(Samples.Iris(), [-1])), StringComparison.Ordinal);
        Assert.Equal("There is no row to explain.", Refused(() => model.Explain(Samples.Iris(), [])));
        using var stream = new MemoryStream(
            "sepal_length,sepal_width,petal_length,petal_width,species\n1,2,3,4,setosa\n1,2,3,4,rosa\n1,2,3,4,\n"u8.ToArray());
        Table other = Table.ReadCsv(stream, "other");
        Assert.Equal(0, model.Explain(other, [0]).Targets[0].IndexOf(1.0));
        Assert.Contains("says 'rosa' in line 3", Refused(() => model.Explain(other, [0, 1])), StringComparison.Ordinal);
        Assert.Contains("is missing in line 4", Refused(() => model.Explain(other, [2])), StringComparison.Ordinal);
    }

    static string Refused(Func<Explanation> explain) => Assert.Throws<BackpropException>(explain).Message;

    static Model Train(TrainOptions options) => Model.Train(Samples.Iris(), "species", options).Model;

    static void AssertFirstStep(Model model, Explanation explanation)
    {
        if (model.Recipe.Precision == Precision.Double)
        {
            Assert.Equal(FirstStep.Of<double>(model, explanation).Hash(), explanation.NewParameters<double>()!.Hash());
            Assert.Null(explanation.NewParameters<float>());
        }
        else
        {
            Assert.Equal(FirstStep.Of<float>(model, explanation).Hash(), explanation.NewParameters<float>()!.Hash());
        }

        Assert.NotEqual(
            model.ParameterHash, explanation.NewParameters<float>()?.Hash() ?? explanation.NewParameters<double>()!.Hash());
    }

    static void AssertSame(ReadOnlyMatrix<float> engine, ReadOnlyMatrix<double> shown)
    {
        Assert.Equal((engine.Rows, engine.Columns), (shown.Rows, shown.Columns));
        for (int row = 0; row < engine.Rows; row++)
        {
            for (int column = 0; column < engine.Columns; column++)
                Assert.Equal((double)engine[row, column], shown[row, column]);
        }
    }
}

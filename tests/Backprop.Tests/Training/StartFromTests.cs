using Xunit;

namespace Backprop.Tests;

public sealed class StartFromTests
{
    static readonly TrainOptions s_one = new() { Epochs = 1, Seed = 9 };

    [Fact]
    public void Training_goes_on_from_a_models_parameters_and_keeps_its_encoders()
    {
        Table penguins = Samples.Penguins();
        Model model = Model.Train(penguins, "species", Samples.Short).Model;

        // Other rows, whose means and categories are others.
        Table half = Tabular.Csv(Samples.Csv(penguins, Enumerable.Range(60, 200)));
        Model further = Model.Train(half, "species", s_one with { StartFrom = StartingPoint.Of(model) }).Model;
        Assert.NotEqual(model.ParameterHash, further.ParameterHash);
        Assert.Equal(model.Features, further.Features);
        Assert.Equal(
            model.Core.Encoder.Columns.SelectMany(column => column.Operations),
            further.Core.Encoder.Columns.SelectMany(column => column.Operations), Same);
        Assert.Equal(["from-model"], further.Recipe.Network.Initializers);

        // A learning rate too small to move a weight by half of its last place leaves every weight as it was.
        Model unmoved = Model.Train(
            half, "species", s_one with { StartFrom = StartingPoint.Of(model), LearningRate = 1e-30 }).Model;
        Assert.Equal(model.ModelHash, unmoved.ModelHash);
    }

    [Fact]
    public void A_saved_model_is_the_same_start_as_the_model()
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", Samples.Short).Model;
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "m.onnx");
        model.Save(path);
        Assert.Equal(
            Model.Train(iris, "species", s_one with { StartFrom = StartingPoint.Of(model) }).Model.ModelHash,
            Model.Train(iris, "species", s_one with { StartFrom = StartingPoint.Load(path) }).Model.ModelHash);
    }

    [Fact]
    public void The_model_says_whether_whole_numbers_are_classes()
    {
        Table table = Tabular.Csv(
            "x,y\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => $"{i * 7 % 31}.5,{i * 7 % 31 % 9}")));
        Model model = Model.Train(table, "y", Samples.Short with { Task = TaskKind.Regress }).Model;
        Model further = Model.Train(table, "y", s_one with { StartFrom = StartingPoint.Of(model) }).Model;
        Assert.Equal(TaskKind.Regress, further.Recipe.Data.Task);
        Assert.Equal("squared", further.Recipe.Training.Loss);

        Assert.Equal(
            "The model that training starts from estimates numbers, so the task is to regress, not to classify.",
            Tabular.Refusal(() => Model.Train(
                table, "y", s_one with { StartFrom = StartingPoint.Of(model), Task = TaskKind.Classify })));
    }

    [Fact]
    public void A_model_of_numbers_as_they_are_goes_on_with_numbers_as_they_are()
    {
        Model model = Model.Train(Samples.Iris(), "species", Samples.Short with { Encode = EncodeKind.None }).Model;
        Model further = Model.Train(Samples.Iris(), "species", s_one with { StartFrom = StartingPoint.Of(model) }).Model;
        Assert.Equal(EncodeKind.None, further.Recipe.Data.Encode);
        Assert.Equal(model.Features, further.Features);
    }

    [Fact]
    public void A_column_that_the_start_needs_cannot_be_left_out()
    {
        Model model = Model.Train(Samples.Iris(), "species", Samples.Short).Model;
        Assert.Equal(
            "The model that training starts from needs the column 'petal_width', so it cannot be left out.",
            Tabular.Refusal(() => Model.Train(
                Samples.Iris(), "species", s_one with { StartFrom = StartingPoint.Of(model), Ignore = ["petal_width"] })));
    }

    [Fact]
    public void A_network_made_elsewhere_brings_its_numbers_alone()
    {
        using var folder = new ScratchFolder();
        string path = folder.Write("m.onnx", Foreign.Model(
            Foreign.Constant("w", [2, 3], 0.5f, -1, 2, 1, 0.25f, -0.5f),
            Foreign.Constant("b", [3], 1, 2, 3),
            Foreign.Node("MatMul", ["x", "w"], "h"),
            Foreign.Node("Add", ["h", "b"], "s"),
            Foreign.Node("Tanh", ["s"], "t"),
            Foreign.Constant("v", [3, 1], 1, -2, 0.5f),
            Foreign.Constant("c", [1], 0.125f),
            Foreign.Node("MatMul", ["t", "v"], "u"),
            Foreign.Node("Add", ["u", "c"], "y")));
        Table table = Tabular.Csv("a,b,target\n0.5,1,2.5\n-1,2,0.25\n3,0.5,1.5\n2,-1,0.75\n");
        TrainOptions options = s_one with
        {
            StartFrom = StartingPoint.Load(path),
            Encode = EncodeKind.None,
            LearningRate = 1e-30,
            Precision = Precision.Double,
        };
        TrainedModel trained = Model.Train(table, "target", options);
        Assert.Equal(["3*tanh"], trained.Model.Recipe.Network.Hidden);
        Assert.Equal("linear", trained.Model.Recipe.Network.Output);
        for (int row = 0; row < table.RowCount; row++)
        {
            (double a, double b) = (table["a"].Number(row), table["b"].Number(row));
            double expected = Math.Tanh(0.5 * a + b + 1) - 2 * Math.Tanh(-a + 0.25 * b + 2) + 0.5 * Math.Tanh(2 * a - 0.5 * b + 3)
                + 0.125;
            Assert.Equal(expected, trained.Model.Predict(table).Number(row), 1e-14);
        }

        Assert.NotEqual(
            trained.Model.ParameterHash, Model.Train(table, "target", options with { LearningRate = 0.01 }).Model.ParameterHash);
    }

    [Theory]
    [InlineData("network")]
    [InlineData("target")]
    [InlineData("layers")]
    public void Refuses_a_start_that_does_not_fit(string what)
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", Samples.Short).Model;
        TrainOptions options = s_one with { StartFrom = StartingPoint.Of(model) };
        string sentence = Tabular.Refusal(() => what switch
        {
            "network" => Model.Train(iris, "species", options with { OutputActivation = "logistic" }),
            "target" => Model.Train(iris, "petal_width", options),
            _ => Model.Train(iris, "species", options with { Layers = [4] }),
        });
        Assert.Equal(what switch
        {
            "network" => "Training cannot start from the network 4 → 8*relu → 3*linear → softmax: these data need 4 → 8*relu → "
                + "3*logistic.",
            "target" => "The model that training starts from predicts species, not petal_width.",
            _ => "A network that training starts from brings its layers, activations, biases and weights; leave those options "
                + "out.",
        }, sentence);
    }

    static bool Same(EncoderOperation a, EncoderOperation b) => (a, b) switch
    {
        (Lookup x, Lookup y) => x.Values.SequenceEqual(y.Values),
        (YesNo x, YesNo y) => x.No.SequenceEqual(y.No) && x.Yes.SequenceEqual(y.Yes),
        _ => a == b,
    };
}

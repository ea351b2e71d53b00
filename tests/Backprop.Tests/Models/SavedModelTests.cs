using Xunit;

namespace Backprop.Tests;

public sealed class SavedModelTests
{
    public static TheoryData<string, string, Precision> Trainings { get; } = new()
    {
        { "iris.csv", "species", Precision.Single },
        { "iris.csv", "species", Precision.Double },
        { "penguins.csv", "species", Precision.Single },
        { "penguins.csv", "species", Precision.Double },
        { "diabetes.csv", "progression", Precision.Single },
        { "diabetes.csv", "progression", Precision.Double },
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_loaded_model_has_the_hashes_and_predicts_the_bits_of_the_saved_one(
        string file, string target, Precision precision)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        TrainedModel trained = Model.Train(table, target, Samples.Short with { Precision = precision, Test = 0.2 });
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "m.onnx");
        trained.Model.Save(path);
        var model = Model.Load(path);

        Assert.Equal(trained.Model.ModelHash, model.ModelHash);
        Assert.Equal(trained.Model.ParameterHash, model.ParameterHash);
        Assert.Equal(trained.Model.Recipe.ToJson(), model.Recipe.ToJson());
        Assert.Equal(trained.Model.Columns, model.Columns);
        Assert.Equal(trained.Model.Features, model.Features);
        Assert.Equal(Samples.Bits(trained.Model, table), Samples.Bits(model, table));
        Assert.Equal(File.ReadAllBytes(path), Samples.Bytes(model));
        Assert.Equal(trained.Model.Evaluate(table).Values, model.Evaluate(table).Values);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Every_training_and_every_number_of_threads_gives_the_same_bytes(string file, string target, Precision precision)
    {
        TrainOptions options = Samples.Short with { Layers = [70, 40], Batch = 64, Dropout = 0.1, Precision = precision };
        byte[] Train(int threads) => Samples.Bytes(Model.Train(
            Table.ReadCsv(Samples.PathOf(file)), target, options, new RunOptions { Threads = threads }).Model);
        byte[] first = Train(1);
        Assert.Equal(first, Train(1));
        Assert.Equal(first, Train(2));
        Assert.Equal(first, Train(3));
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_recipe_read_from_its_text_trains_the_same_model(string file, string target, Precision precision)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        TrainOptions options = new()
        {
            Layers = [6, 5],
            Activations = ["tanh", "2*relu+3*gelu"],
            Test = 0.25,
            Validation = 0.15,
            Epochs = 4,
            Seed = 77,
            Dropout = 0.1,
            L2 = 1e-3,
            Optimizer = Engine.Optimizer.Momentum(),
            Batch = 20,
            Precision = precision,
        };
        Model model = Model.Train(table, target, options).Model;
        string json = model.Recipe.ToJson();
        Model again = Model.Train(table, target, new TrainOptions { Recipe = Recipe.FromJson(json) }).Model;

        Assert.Equal(model.ModelHash, again.ModelHash);
        Assert.Equal(json, again.Recipe.ToJson());
        Assert.Equal(Samples.Bytes(model), Samples.Bytes(again));
    }

    [Fact]
    public void Eight_threads_at_once_get_the_bits_that_each_gets_alone()
    {
        Table penguins = Samples.Penguins();
        Model model = Model.Train(penguins, "species", Samples.Short with { Layers = [40, 20] }).Model;
        Table[] tables =
        [
            penguins,
            .. new[] { 1, 2, 3, 17, 100, 5, 1 }.Select((count, i) => Tabular.Csv(
                Samples.Csv(penguins, Enumerable.Range(i * 20, count)))),
        ];
        long[][] alone = [.. tables.Select(table => Samples.Bits(model, table))];
        Assert.Equal(8, tables.Length);

        using var start = new Barrier(tables.Length);
        var threads = new Thread[tables.Length];
        var together = new bool[tables.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int own = i;
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                together[own] = Enumerable.Range(0, 40).All(round =>
                    Samples.Bits(model, tables[(own + round) % tables.Length])
                        .SequenceEqual(alone[(own + round) % tables.Length]));
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(together, Assert.True);
    }

    [Fact]
    public void A_row_alone_is_predicted_with_the_bits_that_it_has_among_others()
    {
        Table penguins = Samples.Penguins();
        Model model = Model.Train(penguins, "species", Samples.Short).Model;
        Predictions together = model.Predict(penguins);
        for (int row = 0; row < penguins.RowCount; row += 7)
        {
            // A row alone makes columns of other kinds: all missing, whole numbers that look like identifiers.
            Predictions alone = model.Predict(Tabular.Csv(Samples.Csv(penguins, [row])));
            Assert.Equal(together.Row(row).ToArray(), alone.Row(0).ToArray());
        }
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Two_hundred_flipped_bits_are_noticed_or_change_no_number(Precision precision)
    {
        Table penguins = Samples.Penguins();
        Model model = Model.Train(penguins, "species", Samples.Short with { Precision = precision }).Model;
        byte[] bytes = Samples.Bytes(model);
        long[] bits = Samples.Bits(model, penguins);
        var random = new Random(5);
        int refused = 0;
        using var folder = new ScratchFolder();
        for (int i = 0; i < 200; i++)
        {
            int at = random.Next(bytes.Length);
            byte[] damaged = [.. bytes];
            damaged[at] ^= (byte)(1 << random.Next(8));
            string path = folder.Write("m.onnx", damaged);
            try
            {
                var read = Model.Load(path);
                Assert.Equal(model.ModelHash, read.ModelHash);
                Assert.Equal(bits, Samples.Bits(read, penguins));
            }
            catch (BackpropException error)
            {
                refused++;
                Assert.Contains("m.onnx", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 100, 200);
    }

    [Fact]
    public void Every_flipped_byte_of_a_weight_and_of_an_encoder_constant_is_refused()
    {
        Model model = Model.Train(Samples.Iris(), "species", new TrainOptions { Layers = [], Epochs = 1 }).Model;
        byte[] bytes = Samples.Bytes(model);
        Engine.Matrix<float> weights = model.Core.ParametersAs<float>().Weights[0];
        byte[] row = [.. System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights[0])];
        Subtract subtract = model.Core.Encoder.Columns[0].Operations.OfType<Subtract>().Single();
        byte[] mean = BitConverter.GetBytes((float)subtract.Value);

        using var folder = new ScratchFolder();
        foreach (byte[] piece in new[] { row, mean })
        {
            int at = bytes.AsSpan().IndexOf(piece);
            Assert.True(at > 0);
            for (int i = at; i < at + piece.Length; i++)
            {
                byte[] damaged = [.. bytes];
                damaged[i] ^= 1;
                string path = folder.Write("m.onnx", damaged);
                Assert.Contains(
                    "m.onnx", Assert.Throws<BackpropException>(() => Model.Load(path)).Message, StringComparison.Ordinal);
            }
        }
    }
}

using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class ReproduceTests
{
    static readonly TrainOptions s_options = Samples.Short with { Test = 0.2, Dropout = 0.1, Batch = 32 };

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void A_model_is_reproduced_with_any_number_of_threads(Precision precision)
    {
        Model model = Reloaded(Model.Train(
            Samples.Penguins(), "species", s_options with { Layers = [70, 40], Precision = precision },
            new RunOptions { Threads = 1 }).Model);
        foreach (int threads in (int[])[1, 2, 3])
        {
            Reproduction result = model.Reproduce(Samples.Penguins(), run: new RunOptions { Threads = threads });
            Assert.True(result.IsReproduced, result.Difference);
            Assert.Equal((model.ParameterHash, model.ModelHash), (result.ParameterHash, result.ModelHash));
            Assert.Equal(result.ModelSteps, result.Steps);
        }
    }

    [Fact]
    public void Some_first_steps_are_compared_with_the_hashes_along_the_way()
    {
        Model model = Model.Train(Samples.Iris(), "species", s_options).Model;
        Reproduction result = model.Reproduce(Samples.Iris(), steps: 9);
        Assert.True(result.IsReproduced, result.Difference);
        // After steps 1, 2, 4 and 8.
        Assert.Equal((9L, 4), (result.Steps, result.HashesCompared));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(14)]
    public void An_interrupted_model_is_reproduced_to_where_it_was_interrupted(long step)
    {
        using var limit = new StepLimit(default, step);
        // Not Model.Train, which gives no model of no step any more; files may have one.
        TrainedModel trained = new TrainingSession<float>(
            Samples.Iris(), ["species"], s_options with { Epochs = 100 }).Train(limit.Options);
        Assert.Equal(StopReason.Cancelled, trained.Stopped);
        Reproduction result = Reloaded(trained.Model).Reproduce(Samples.Iris());
        Assert.True(result.IsReproduced, result.Difference);
        Assert.Equal(step, result.Steps);
    }

    [Fact]
    public void Tables_of_their_own_and_a_start_from_a_model_are_inputs()
    {
        Table iris = Samples.Iris();
        Model first = Model.Train(iris, "species", s_options).Model;
        TrainOptions options = s_options with
        {
            Layers = null,
            ValidationTable = iris,
            TestTable = iris,
            Test = null,
            StartFrom = StartingPoint.Of(first),
        };
        Model model = Reloaded(Model.Train(iris, "species", options).Model);
        var inputs = new TrainOptions { ValidationTable = iris, TestTable = iris, StartFrom = options.StartFrom };
        Assert.Null(model.Reproduce(iris, inputs).Difference);

        Assert.Equal(
            "the validation data were a table of their own, which is not given.",
            model.Reproduce(iris, inputs with { ValidationTable = null }).Difference);
        Assert.Equal(
            "the test data were a table of their own, which is not given.",
            model.Reproduce(iris, inputs with { TestTable = null }).Difference);
    }

    /// <summary>Every cell of a few rows, in turn.</summary>
    [Fact]
    public void Every_changed_cell_is_found_by_its_column()
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", s_options).Model;
        string[] lines = Samples.Csv(iris, Enumerable.Range(0, 150)).Split('\n');
        string[] header = lines[0].Split(',');
        foreach (int row in (int[])[1, 75, 150])
        {
            for (int column = 0; column < header.Length; column++)
            {
                string[] cells = lines[row].Split(',');
                cells[column] = cells[column] == "setosa"
                    ? "virginica"
                    : column == header.Length - 1 ? "setosa" : cells[column] + "1";
                string[] changed = [.. lines[..row], string.Join(',', cells), .. lines[(row + 1)..]];
                Reproduction result = model.Reproduce(Read(string.Join('\n', changed)));
                Assert.Equal("data", result.DiffersIn);
                Assert.Equal($"the column '{header[column]}' of the training data has other cells.", result.Difference);
            }
        }

        (lines[3], lines[90]) = (lines[90], lines[3]);
        Assert.Equal("data", model.Reproduce(Read(string.Join('\n', lines))).DiffersIn);
    }

    [Fact]
    public void The_same_cells_in_another_file_are_the_same_data()
    {
        Table iris = Samples.Iris();
        Model model = Model.Train(iris, "species", s_options).Model;
        string csv = Samples.Csv(iris, Enumerable.Range(0, 150));
        Reproduction result = model.Reproduce(
            Read(csv.Replace(".1,", ".10,", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.True(result.IsReproduced, result.Difference);
    }

    [Fact]
    public void A_changed_option_is_found()
    {
        Model model = Model.Train(Samples.Iris(), "species", s_options).Model;
        Assert.Equal(("recipe", "training.dropout is 0.1 there and 0.2 here."), Found(new TrainOptions { Dropout = 0.2 }));
        Assert.Equal(("recipe", "seed is 3 there and 4 here."), Found(new TrainOptions { Seed = 4 }));
        Assert.Equal(
            ("recipe", "precision is \"single\" there and \"double\" here."),
            Found(new TrainOptions { Precision = Precision.Double }));

        (string?, string?) Found(TrainOptions options)
        {
            Reproduction result = model.Reproduce(Samples.Iris(), options);
            return (result.DiffersIn, result.Difference);
        }
    }

    /// <summary>Whoever changes a number and all hashes of the file with it is still found.</summary>
    [Fact]
    public void What_a_file_says_of_its_training_is_compared_with_what_comes_of_it()
    {
        Model model = Model.Train(Samples.Iris(), "species", s_options).Model;
        string hash = model.Training.Trail[2].ParameterHash;
        Assert.Equal("step", Forged(hash, new string('0', 64)).DiffersIn);
        Assert.Contains("one after step 2", Forged(hash, new string('0', 64)).Difference, StringComparison.Ordinal);
        Assert.Equal("metrics", Forged("\"accuracy\":0.", "\"accuracy\":0.1").DiffersIn);
        Assert.Equal("step", Forged("\"steps\":15", "\"steps\":16").DiffersIn);
        Assert.Equal("data", Forged("\"rows\":150", "\"rows\":151").DiffersIn);
        Assert.Equal("model", Forged(",\"test\":", " ,\"test\":").DiffersIn);

        Reproduction Forged(string from, string to)
        {
            string text = model.Core.Metadata[Model.TrainingKey];
            string changed = text.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(text, changed);
            return With(model, Model.TrainingKey, changed).Reproduce(Samples.Iris());
        }
    }

    [Fact]
    public void Another_numeric_version_and_another_seed_in_the_file_are_found()
    {
        Model model = Model.Train(Samples.Iris(), "species", s_options).Model;
        Assert.Equal("version", With(model, Model.NumericVersionKey, "0").Reproduce(Samples.Iris()).DiffersIn);
        var other = new Model(
            model.Core, model.Recipe with { Training = model.Recipe.Training with { LearningRate = 0.00100001 } });
        Assert.Equal("step", other.Reproduce(Samples.Iris()).DiffersIn);
    }

    /// <summary>One bit of every weight, bias and encoder's constant in the file.</summary>
    [Fact]
    public void One_flipped_bit_of_any_number_in_the_file_is_found()
    {
        Model model = Model.Train(Samples.Iris(), "species", s_options with { Layers = [3] }).Model;
        byte[] bytes = Samples.Bytes(model);
        int found = 0;
        foreach (float number in Numbers(model))
        {
            byte[] pattern = BitConverter.GetBytes(number);
            int at = bytes.AsSpan().IndexOf(pattern);
            Assert.True(at >= 0, $"{number} is not in the file.");
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            Assert.True(IsFound(changed), $"A flipped bit of {number} was not found.");
            found++;
        }

        // 4·3 + 3 + 3·3 + 3 parameters, and a mean and a deviation of each of the 4 columns.
        Assert.Equal(27 + 8, found);

        static bool IsFound(byte[] changed)
        {
            try
            {
                return Model.FromFileAsItIs(OnnxFile.Parse(changed, "m.onnx")).Reproduce(Samples.Iris()).DiffersIn == "file";
            }
            catch (BackpropException error)
            {
                return error.SaysChanged;
            }
        }
    }

    static IEnumerable<float> Numbers(Model model)
    {
        Parameters<float> parameters = model.Core.ParametersAs<float>();
        for (int k = 0; k < parameters.Weights.Length; k++)
        {
            for (int row = 0; row < parameters.Weights[k].Rows; row++)
            {
                foreach (float weight in parameters.Weights[k][row].ToArray())
                    yield return weight;
            }

            foreach (float bias in parameters.Biases[k]![0].ToArray())
                yield return bias;
        }

        foreach (EncoderOperation operation in model.Core.Encoder.Columns.SelectMany(column => column.Operations))
        {
            if (operation is Subtract subtract)
                yield return (float)subtract.Value;
            if (operation is Divide divide)
                yield return (float)divide.Value;
        }
    }

    static Model With(Model model, string key, string text)
    {
        var core = (ModelCoreOf<float>)model.Core;
        return new Model(
            new ModelCoreOf<float>(core.ParametersAs<float>())
            {
                Encoder = core.Encoder,
                Target = core.Target,
                Metadata = core.Metadata.SetItem(key, text),
            },
            model.Recipe);
    }

    static Model Reloaded(Model model) => Model.FromFile(OnnxFile.Parse(Samples.Bytes(model), "m.onnx"));

    static Table Read(string csv)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "t.csv");
        File.WriteAllText(path, csv);
        return Table.ReadCsv(path);
    }
}

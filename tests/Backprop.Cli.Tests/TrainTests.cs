using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class TrainTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Writes_one_json_object_with_every_field_that_is_promised()
    {
        CommandResult result = _command.Run(
            "train", "sample:iris", "--target", "species", "--epochs", "3", "--test", "0.2", "--json",
            "--out", "iris.onnx").Succeeded();
        JsonElement json = result.Json;
        Assert.Equal(150, json.GetProperty("rows").GetInt32());
        Assert.Equal(4, json.GetProperty("features").GetInt32());
        Assert.Equal("classify", json.GetProperty("task").GetString());
        Assert.Equal(3, json.GetProperty("epochs").GetInt32());
        Assert.True(json.GetProperty("trainLoss").GetDouble() > 0);
        Assert.InRange(json.GetProperty("validation").GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.Equal(30, json.GetProperty("test").GetProperty("rows").GetInt32());
        Assert.True(json.GetProperty("parameters").GetInt64() > 0);
        Assert.Matches("^[0-9a-f]{64}$", json.GetProperty("parameterHash").GetString());
        Assert.Matches("^[0-9a-f]{64}$", json.GetProperty("modelHash").GetString());
        Assert.True(json.GetProperty("seconds").GetDouble() > 0);
        Assert.True(json.GetProperty("rowsPerSecond").GetDouble() > 0);
        Assert.Equal("iris.onnx", json.GetProperty("model").GetString());
        Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(File.Exists(_command["iris.onnx"]));
    }

    [Fact]
    public void Says_results_on_stdout_and_the_rest_on_stderr()
    {
        CommandResult result = _command.Run("train", "sample:penguins", "--target", "species", "--epochs", "2", "--test",
            "0.2").Succeeded();
        Assert.Contains("Validation, used for stopping: accuracy", result.Output, StringComparison.Ordinal);
        Assert.Contains("Test, not used for choosing: accuracy", result.Output, StringComparison.Ordinal);
        Assert.Contains("always guessing the most frequent class", result.Output, StringComparison.Ordinal);
        Assert.Contains("Gentoo", result.Output, StringComparison.Ordinal);
        Assert.Contains("Parameter hash ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Model hash ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Model: model.onnx", result.Output, StringComparison.Ordinal);
        Assert.Contains("Task: classification", result.Error, StringComparison.Ordinal);
        Assert.Contains("344 rows", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error + result.Output);
    }

    [Theory]
    [InlineData("--target", "species", "sample:iris", "--epochs", "1")]
    [InlineData("sample:iris", "--target", "species", "--epochs", "1")]
    [InlineData("--epochs", "1", "--target", "species", "sample:iris", "--seed", "0")]
    public void Takes_data_before_and_after_the_target(params string[] arguments) =>
        Assert.Equal(150, _command.Run(["train", .. arguments, "--json"]).Succeeded().Json.GetProperty("rows").GetInt32());

    [Theory]
    [InlineData("bmi,glucose")]
    [InlineData("bmi", "glucose")]
    [InlineData("bmi", "--target", "glucose")]
    public void Predicts_several_numbers(params string[] target)
    {
        JsonElement json = _command.Run(["train", "sample:diabetes", "--epochs", "1", "--json", "--target",
            .. target]).Succeeded().Json;
        JsonElement validation = json.GetProperty("validation");
        Assert.Equal("regress", json.GetProperty("task").GetString());
        Assert.Equal(88, validation.GetProperty("rows").GetInt32());
        Assert.Equal("bmi glucose", Joined(validation.GetProperty("perTarget").EnumerateArray(), "target"));
    }

    [Fact]
    public void Lists_the_columns_where_no_target_is_given() => Assert.Equal(
        "Say which column is to be predicted: --target COLUMN; sample:iris has sepal_length, sepal_width, petal_length, "
            + "petal_width, species.",
        _command.Of("train", "sample:iris"));

    [Fact]
    public void Reads_standard_input()
    {
        byte[] rows = "a,b,kind\n1,2,x\n2,1,y\n3,5,x\n4,3,y\n"u8.ToArray();
        JsonElement json = _command.RunWithInput(
            rows, "train", "-", "--target", "kind", "--validation", "0", "--epochs", "1", "--json").Succeeded().Json;
        Assert.Equal(4, json.GetProperty("rows").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("validation").ValueKind);
    }

    [Fact]
    public void The_printed_recipe_trains_the_same_model()
    {
        string[] flags =
        [
            "--target", "species", "--epochs", "3", "--layers", "6,5", "--activation", "3*tanh+3*relu,gelu",
            "--optimizer", "nadam:beta1=0.8", "--schedule", "cosine:warmup=4", "--l2", "0.001", "--dropout", "0.1",
            "--clip", "norm=2", "--class-weights", "balanced", "--label-smoothing", "0.1", "--seed", "7", "--precision", "double",
            "--test", "0.1", "--metric", "accuracy", "--batch", "17",
        ];
        string direct = Hash("model.onnx", ["train", "sample:penguins", .. flags]);
        _command.Write("recipe.json", _command.Run(["train", "sample:penguins", .. flags, "--print-recipe"]).Succeeded().Output);
        Assert.Equal(direct, Hash("again.onnx", ["train", "sample:penguins", "--recipe", "recipe.json"]));
        Assert.Equal(File.ReadAllBytes(_command["model.onnx"]), File.ReadAllBytes(_command["again.onnx"]));
    }

    [Fact]
    public void Printing_the_recipe_trains_nothing()
    {
        CommandResult result = _command.Run("train", "sample:iris", "--target", "species", "--print-recipe").Succeeded();
        Assert.Equal("softmax", result.Json.GetProperty("network").GetProperty("output").GetString());
        Assert.Empty(Directory.GetFiles(_command.Folder));
    }

    [Fact]
    public void Logs_epochs_and_steps_as_json_lines()
    {
        _command.Run(
            "train", "sample:iris", "--target", "species", "--epochs", "2", "--batch", "50", "--log", "log.jsonl",
            "--log-steps").Succeeded();
        JsonElement[] lines = [.. File.ReadLines(_command["log.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("step step step epoch step step step epoch", Joined(lines, "kind"));
        Assert.Equal([1, 2, 3, 3, 4, 5, 6, 6], lines.Select(line => line.GetProperty("step").GetInt32()));
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], lines.Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.All(lines, line => Assert.True(line.GetProperty("loss").GetDouble() > 0));
        Assert.True(lines[3].GetProperty("learningRate").GetDouble() > 0);
        Assert.InRange(lines[3].GetProperty("validation").GetProperty("accuracy").GetDouble(), 0, 1);

        // The mean of 120 rows is that of the batches of 50, 50 and 20.
        double[] losses = [.. lines.Take(4).Select(line => line.GetProperty("loss").GetDouble())];
        Assert.Equal(losses[3], (50 * losses[0] + 50 * losses[1] + 20 * losses[2]) / 120, 1e-12);
    }

    [Fact]
    public void A_log_without_steps_has_epochs_only()
    {
        _command.Run("train", "sample:iris", "--target", "species", "--epochs", "3", "--log", "log.jsonl").Succeeded();
        Assert.Equal(3, File.ReadLines(_command["log.jsonl"]).Count());
    }

    [Fact]
    public void Encode_none_takes_numbers_as_they_are_and_holds_out_nothing()
    {
        JsonElement json = _command.Run(
            "train", "sample:diabetes", "--target", "progression", "--encode", "none", "--epochs", "1", "--layers", "none",
            "--initializer", "zeros", "--shuffle", "off", "--batch", "full", "--json", "--precision", "double").Succeeded().Json;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("validation").ValueKind);
        Assert.Equal(442, json.GetProperty("trainingRows").GetInt32());
        Assert.Equal(10, json.GetProperty("features").GetInt32());

        // All weights are zero, so the loss is the mean of the squared target.
        double expected = File.ReadLines(Sample("diabetes.csv")).Skip(1)
            .Average(line => double.Parse(line.Split(',')[^1],
                System.Globalization.CultureInfo.InvariantCulture) is var t ? t * t : 0);
        Assert.Equal(1, json.GetProperty("trainLoss").GetDouble() / expected, 1e-12);
    }

    [Fact]
    public void Starts_from_its_own_model_with_its_encoders()
    {
        JsonElement first = Json("train", "sample:penguins", "--target", "species", "--epochs", "4", "--out", "first.onnx");
        JsonElement none = Json(
            "train", "sample:penguins", "--target", "species", "--start-from", "first.onnx", "--epochs", "1",
            "--learning-rate", "1e-30", "--out", "second.onnx");
        Assert.Equal(first.GetProperty("parameterHash").GetString(), none.GetProperty("parameterHash").GetString());
        Assert.Equal(first.GetProperty("modelHash").GetString(), none.GetProperty("modelHash").GetString());
    }

    [Fact]
    public void Starts_from_a_network_made_elsewhere()
    {
        _command.Write("elsewhere.onnx", Backprop.Tests.Foreign.Mixed());
        _command.Write("points.csv", "x,y,kind\n1,2,a\n2,1,b\n3,5,c\n4,3,a\n0,1,b\n");
        string[] train = ["train", "points.csv", "--target", "kind", "--encode", "none", "--epochs", "1", "--out", "m.onnx"];
        JsonElement json = Json([.. train, "--start-from", "elsewhere.onnx"]);
        Assert.Equal(2 * 3 + 3 + 3 * 3 + 3, json.GetProperty("parameters").GetInt32());

        // A recipe that started from a model needs one again.
        string recipe = _command.Run([.. train, "--start-from", "elsewhere.onnx", "--print-recipe"]).Succeeded().Output;
        _command.Write("recipe.json", recipe);
        Assert.Contains("--start-from", _command.Of("train", "points.csv", "--recipe", "recipe.json"), StringComparison.Ordinal);
        Assert.Equal(
            json.GetProperty("parameterHash").GetString(),
            Json("train", "points.csv", "--recipe", "recipe.json", "--start-from",
                "elsewhere.onnx").GetProperty("parameterHash").GetString());
    }

    [Fact]
    public void Row_weights_count_as_repeated_rows()
    {
        _command.Write("weighted.csv", "x,y,w\n1,2,1\n2,3,3\n4,1,2\n");
        _command.Write("repeated.csv", "x,y\n1,2\n2,3\n2,3\n2,3\n4,1\n4,1\n");
        string[] flags = ["--target", "y", "--task", "regress", "--encode", "none", "--layers", "none", "--batch", "full",
            "--epochs", "1"];
        double weighted = Json(["train", "weighted.csv", "--row-weights", "w", "--precision", "double",
            .. flags]).GetProperty("trainLoss").GetDouble();
        double repeated = Json(["train", "repeated.csv", "--precision", "double", .. flags]).GetProperty("trainLoss").GetDouble();
        Assert.Equal(repeated, weighted, 1e-12);
    }

    [Theory]
    [InlineData("classify", "accuracy")]
    [InlineData("regress", "rmse")]
    public void The_task_can_be_said(string task, string metric)
    {
        JsonElement json = Json("train", "sample:diabetes", "--target", "sex", "--task", task, "--epochs", "1");
        Assert.Equal(task, json.GetProperty("task").GetString());
        Assert.True(json.GetProperty("validation").TryGetProperty(metric, out _));
    }

    [Fact]
    public void All_missing_and_constant_columns_are_left_out_and_said()
    {
        _command.Write("t.csv", "x,none,same,kind\n1,,5,a\n2,,5,b\n3,,5,a\n4,,5,b\n5,,5,a\n");
        CommandResult result = _command.Run("train", "t.csv", "--target", "kind", "--validation", "0", "--epochs", "1",
            "--json").Succeeded();
        Assert.Equal(1, result.Json.GetProperty("features").GetInt32());
        Assert.Contains("Column 'none' is left out", result.Error, StringComparison.Ordinal);
        Assert.Contains("Column 'same' is left out", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--validation")]
    [InlineData("--test")]
    public void Takes_held_out_rows_from_a_file(string flag)
    {
        _command.Write("more.csv",
            "sepal_length,sepal_width,petal_length,petal_width,species\n5,3,1,0.2,setosa\n6,3,5,2,virginica\n");
        JsonElement json = Json("train", "sample:iris", "--target", "species", "--epochs", "1", flag, "more.csv");
        Assert.Equal(2, json.GetProperty(flag[2..]).GetProperty("rows").GetInt32());
    }

    [Fact]
    public void A_link_to_a_model_stays_a_link()
    {
        _command.Write("target.onnx", "old");
        File.CreateSymbolicLink(_command["link.onnx"], _command["target.onnx"]);
        Json("train", "sample:iris", "--target", "species", "--epochs", "1", "--out", "link.onnx");
        Assert.NotNull(new FileInfo(_command["link.onnx"]).LinkTarget);
        _command.Run("info", "target.onnx").Succeeded();
    }

    static string Joined(IEnumerable<JsonElement> objects, string property) =>
        string.Join(' ', objects.Select(item => item.GetProperty(property).GetString()));

    static string Sample(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "samples", name)))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "samples", name);
    }

    JsonElement Json(params string[] arguments) => _command.Run([.. arguments, "--json"]).Succeeded().Json;

    string Hash(string output, string[] arguments) =>
        Json([.. arguments, "--out", output]).GetProperty("parameterHash").GetString()!;
}

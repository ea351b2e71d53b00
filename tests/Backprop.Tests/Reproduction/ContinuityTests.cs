using System.Text.Json;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>
/// Models of a dozen small trainings keep their hashes from commit to commit. A change that alters one of them raises
/// <see cref="NumericVersion.Current"/>, and then <c>BACKPROP_UPDATE_GOLDEN=1</c> before <c>dotnet test</c> writes the new ones.
/// </summary>
public sealed class ContinuityTests
{
    static readonly Dictionary<string, (string File, string Target, TrainOptions Options)> s_trainings = new(
        StringComparer.Ordinal)
    {
        ["adam, softmax cross-entropy"] = ("iris.csv", "species", Samples.Short),
        ["adam, double"] = ("iris.csv", "species", Samples.Short with { Precision = Precision.Double }),
        ["adam, 3 shards"] = ("penguins.csv", "species", Samples.Short with { Batch = 32, Shards = 3 }),
        ["adamw, smoothing, balanced classes, 4 shards, double"] = ("penguins.csv", "species", Of("adamw") with
        {
            LabelSmoothing = 0.1,
            ClassWeights = "balanced",
            Shards = 4,
            Precision = Precision.Double,
        }),
        ["nadam, cosine, clip by norm, dropout"] = ("penguins.csv", "species", Of("nadam") with
        {
            Schedule = Schedule.Parse("cosine:warmup=7"),
            Clip = Clip.ByNorm(0.5),
            Dropout = 0.2,
            Layers = [40, 20],
        }),
        ["gradient descent, half squared"] = ("diabetes.csv", "progression", Of("gradient-descent") with
        {
            Loss = Loss.HalfSquared,
            Activations = ["tanh"],
            Reduction = Reduction.Sum,
            LearningRate = 0.001,
        }),
        ["momentum, huber"] = ("diabetes.csv", "progression", Of("momentum") with { Loss = Loss.Huber(), L1 = 0.001, L2 = 0.01 }),
        ["nesterov, quantile, double"] = ("diabetes.csv", "progression", Of("nesterov") with
        {
            Loss = Loss.Parse("quantile:q=0.9"),
            Precision = Precision.Double,
        }),
        ["adagrad, absolute"] =
            ("diabetes.csv", "progression", Of("adagrad") with { Loss = Loss.Parse("absolute"), Layers = [64, 64] }),
        ["rmsprop, squared, 2 shards"] =
            ("diabetes.csv", "progression", Of("rmsprop") with { Shards = 2, Activations = ["gelu"] }),
        ["lion, one output of two classes"] = ("penguins.csv", "sex", Of("lion") with { Loss = Loss.LogisticCrossEntropy() }),
        ["rprop, full batch, per neuron"] =
            ("iris.csv", "species", Of("rprop") with { Batch = 0, Activations = ["3*tanh+3*relu+2*softplus"] }),
    };

    [Fact]
    public void The_same_trainings_give_the_same_hashes_as_ever()
    {
        string path = GoldenPath();
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach ((string name, (string file, string target, TrainOptions options)) in s_trainings)
            hashes[name] = Model.Train(Rows(file, target), target, options).Model.ModelHash;

        using JsonDocument golden = JsonDocument.Parse(
            File.Exists(path) ? File.ReadAllText(path) : "{\"numericVersion\":0,\"models\":{}}");
        int version = golden.RootElement.GetProperty("numericVersion").GetInt32();
        if (version != NumericVersion.Current && Environment.GetEnvironmentVariable("BACKPROP_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, Text(hashes));
            return;
        }

        Assert.True(
            version == NumericVersion.Current,
            $"{path} is of numeric version {version}, this build is {NumericVersion.Current}: run with "
            + "BACKPROP_UPDATE_GOLDEN=1.");
        SortedDictionary<string, string> expected = new(StringComparer.Ordinal);
        foreach (JsonProperty model in golden.RootElement.GetProperty("models").EnumerateObject())
            expected[model.Name] = model.Value.GetString()!;
        Assert.Equal(expected, hashes);
    }

    static TrainOptions Of(string optimizer) => Samples.Short with { Optimizer = Optimizer.Parse(optimizer), Batch = 32 };

    /// <summary>Rows whose target is there; 11 penguins have no sex.</summary>
    static Table Rows(string file, string target)
    {
        var table = Table.ReadCsv(Samples.PathOf(file));
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => table[target].Text(row).Length > 0)];
        return rows.Length == table.RowCount
            ? table
            : Table.ReadCsv(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Samples.Csv(table, rows))), file);
    }

    static string GoldenPath() => Path.GetFullPath(Samples.PathOf(Path.Combine("..", "tests", "golden", "trainings.json")));

    static string Text(SortedDictionary<string, string> hashes) =>
        $"{{\n  \"numericVersion\": {NumericVersion.Current},\n  \"models\": {{\n"
        + string.Join(",\n", hashes.Select(pair => $"    \"{pair.Key}\": \"{pair.Value}\"")) + "\n  }\n}\n";
}

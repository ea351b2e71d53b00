using System.Numerics;
using System.Text;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>The kinds of files that the program reads.</summary>
static class FuzzFormats
{
    /// <summary>So many steps are trained on from a checkpoint: past the end of an epoch.</summary>
    const int StepsOn = 8;

    static readonly byte[] s_labels = Tabular.Idx([5], [0, 1, 2, 1, 0]);
    static readonly byte[] s_images = Tabular.Idx([5, 2, 3], [.. Enumerable.Range(0, 30).Select(i => (byte)i)]);
    static readonly Lazy<Table> s_iris = new(Samples.Iris);
    static readonly Lazy<Table> s_table = new(() => Tabular.Csv(
        "a,b,c,y\n"
        + string.Concat(Enumerable.Range(0, 24).Select(i => $"{i % 7},{i * 5 % 11}.5,{"uvw"[i % 3]},{"pq"[i % 2]}\n"))));

    public static FuzzFormat Onnx { get; } = new("onnx", WireMutation.Of, ReadOnnx);

    public static FuzzFormat Safetensors { get; } = new("safetensors", SafetensorsMutation.Of, ReadCheckpoint);

    public static FuzzFormat Csv { get; } = new("csv", CsvMutation.Of, ReadCsv);

    public static FuzzFormat Idx { get; } = new("idx", IdxMutation.Of, ReadIdx);

    public static FuzzFormat Recipe { get; } = new(
        "recipe", (file, draw) => Encoding.UTF8.GetBytes(JsonMutation.Of(Encoding.UTF8.GetString(file), draw)), ReadRecipe);

    public static FuzzFormat[] All => [Onnx, Safetensors, Csv, Idx, Recipe];

    static string ReadOnnx(byte[] bytes)
    {
        var file = OnnxFile.Parse(bytes, "m.onnx");
        if (!file.IsBackpropModel)
        {
            DenseNetwork network = file.ReadNetwork();
            _ = network.ToParameters<float>();
            return $"network of {network.ToNetwork().Layout.Depth} layers";
        }

        ReadModel(file, bytes);
        var model = Model.FromFileAsItIs(file);
        _ = model.Training;
        return $"model of {model.Network.Layout.Depth} layers";
    }

    static void ReadModel(OnnxFile file, byte[] bytes)
    {
        if (file.IsDouble)
            Same(file.ReadModel<double>());
        else
            Same(file.ReadModel<float>());

        void Same<T>(OnnxModel<T> model)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            byte[] saved = OnnxWriter.Write(model);
            if (!saved.AsSpan().SequenceEqual(bytes))
                Assert.Equal(saved, OnnxWriter.Write(OnnxFile.Parse(saved, "m.onnx").ReadModel<T>()));
        }
    }

    /// <summary>Goes on from a checkpoint for a few steps, as <c>--resume</c> does.</summary>
    static string ReadCheckpoint(byte[] bytes)
    {
        var checkpoint = Checkpoint.Load("c.ckpt", () => new MemoryStream(bytes));
        Assert.Equal(checkpoint.Recipe.ToJson(), Backprop.Recipe.FromJson(checkpoint.Recipe.ToJson()).ToJson());
        using var limit = new StepLimit(new RunOptions { Resume = checkpoint, Threads = 1 }, checkpoint.Step + StepsOn);
        try
        {
            TrainedModel trained = Model.Train(
                s_iris.Value, checkpoint.Recipe.Data.Target, new TrainOptions { Recipe = checkpoint.Recipe }, limit.Options);
            Assert.InRange(trained.Steps, checkpoint.Step, checkpoint.Step + StepsOn);
            return $"{trained.Stopped} after {trained.Steps - checkpoint.Step} steps, {Math.Min(checkpoint.Trail.Length, 3)} "
                + "hashes";
        }
        catch (TrainingDivergedException error)
        {
            Assert.True(Execution.IsSentence(error.Message), error.Message);
            return "diverged";
        }
    }

    static string ReadCsv(byte[] bytes)
    {
        Table table = Tabular.Csv(bytes);
        string[] names = Tabular.Names(table);
        Table texts = Tabular.Csv(bytes, new CsvOptions { KeepText = names });
        Assert.Equal(table.RowCount, texts.RowCount);
        var csv = new StringBuilder();
        csv.AppendJoin(',', names.Select(Quoted)).Append('\n');
        for (int row = 0; row < texts.RowCount; row++)
            csv.AppendJoin(',', texts.Columns.Select(column => Quoted(column.Text(row)))).Append('\n');
        Table again = Tabular.Csv(csv.ToString(), new CsvOptions
        {
            Delimiter = ',',
            Numbers = table.Columns.Where(column => column.NumberFormat is not null)
                .ToDictionary(column => column.Name, column => column.NumberFormat!, StringComparer.Ordinal),
        });
        // What has no name may be an index; written with the name that was made up for it, it is none.
        Assert.Equal(
            table.Columns.Select(column => (column.Name, column.Count)),
            again.Columns.Select(column => (column.Name, column.Count)));
        Assert.All(
            table.Columns.Zip(again.Columns).Where(pair => !IsIndex(pair.First)),
            pair => Assert.Equal(pair.First.Kind, pair.Second.Kind));
        foreach ((Column before, Column after) in table.Columns.Zip(again.Columns)
            .Where(pair => pair.First.Kind == ColumnKind.Number))
        {
            Assert.Equal(Tabular.Numbers(before), Tabular.Numbers(after));
        }

        return string.Join(' ', table.Columns.Select(column => column.Kind).Distinct().Order());
    }

    static bool IsIndex(Column column) => column.Reason is { } reason
        && (reason.Contains("it names the rows", StringComparison.Ordinal)
            || reason.Contains("it has no name", StringComparison.Ordinal)
            || reason.Contains("it counts the rows", StringComparison.Ordinal));

    static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string ReadIdx(byte[] bytes)
    {
        // A file of labels is read too, and refused for what it is.
        bool isLabels = bytes is [_, _, _, 1, ..];
        using DataFile images = DataFile.From(new MemoryStream(isLabels ? s_images : bytes), "images.idx");
        using DataFile labels = DataFile.From(new MemoryStream(isLabels ? bytes : s_labels), "labels.idx");
        Table table = IdxTableReader.Read(images, labels);
        double[][] pixels = [.. table.Columns.SkipLast(1).Select(Tabular.Numbers)];
        Assert.All(pixels, column => Assert.Equal(table.RowCount, column.Length));
        byte[] saved = Tabular.Idx(
            [table.RowCount, pixels.Length],
            [.. Enumerable.Range(0, table.RowCount).SelectMany(row => pixels.Select(column => (byte)column[row]))]);
        using DataFile savedImages = DataFile.From(new MemoryStream(saved), "images.idx");
        using DataFile again = DataFile.From(new MemoryStream(isLabels ? bytes : s_labels), "labels.idx");
        Assert.Equal(pixels, IdxTableReader.Read(savedImages, again).Columns.SkipLast(1).Select(Tabular.Numbers));
        return isLabels ? "labels" : $"images of {pixels.Length} pixels";
    }

    static string ReadRecipe(byte[] bytes)
    {
        var recipe = Backprop.Recipe.FromJson(Encoding.UTF8.GetString(bytes), "r.json");
        string json = recipe.ToJson();
        Assert.Equal(json, Backprop.Recipe.FromJson(json).ToJson());
        _ = Model.Resolve(s_table.Value, recipe.Data.Target, new TrainOptions { Recipe = recipe });
        return $"{recipe.Data.Task} {recipe.Network.Hidden.Count}";
    }
}

using System.IO.Compression;
using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class IdxTests : IDisposable
{
    readonly Command _command = new();

    public IdxTests()
    {
        Images("train-images.idx", 20);
        Labels("train-labels.idx", 20);
        Images("test-images.idx", 6);
        Labels("test-labels.idx", 6);
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Trains_tests_and_evaluates_on_images()
    {
        JsonElement json = _command.Run(
            "train", "train-images.idx", "--labels", "train-labels.idx", "--test", "test-images.idx",
            "--test-labels", "test-labels.idx", "--epochs", "2", "--layers", "4", "--json", "--out", "m.onnx").Succeeded().Json;
        Assert.Equal(20, json.GetProperty("rows").GetInt32());
        Assert.Equal(6, json.GetProperty("test").GetProperty("rows").GetInt32());
        JsonElement evaluated = _command.Run(
            "evaluate", "m.onnx", "test-images.idx", "--labels", "test-labels.idx", "--json").Succeeded().Json;
        Assert.Equal(json.GetProperty("test").GetProperty("logLoss").GetDouble(), evaluated.GetProperty("logLoss").GetDouble());
    }

    [Fact]
    public void Compressed_images_give_the_same_model()
    {
        string plain = Hash("train-images.idx", "train-labels.idx");
        Assert.Equal(plain, Hash(Compressed("train-images.idx"), Compressed("train-labels.idx")));
    }

    [Fact]
    public void Images_without_labels_are_predicted_and_explained()
    {
        _command.Run(
            "train", "train-images.idx", "--labels", "train-labels.idx", "--epochs", "2", "--layers", "4",
            "--out", "m.onnx").Succeeded();
        string labelled = _command.Run("predict", "m.onnx", "test-images.idx", "--labels", "test-labels.idx").Succeeded().Output;
        Assert.Equal(labelled, _command.Run("predict", "m.onnx", "test-images.idx").Succeeded().Output);
        Assert.Equal(labelled, _command.Run("predict", "m.onnx", Compressed("test-images.idx")).Succeeded().Output);
        CommandResult explained = _command.Run("explain", "m.onnx", "test-images.idx", "--row", "2").Succeeded();
        Assert.StartsWith("Row 2 of test-images.idx: its target is not known.", explained.Output, StringComparison.Ordinal);
        Assert.Contains("--labels", _command.Of("evaluate", "m.onnx", "test-images.idx"), StringComparison.Ordinal);
        Assert.Contains("holds no images", _command.Of("predict", "m.onnx", "test-labels.idx"), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_pairs_that_do_not_fit()
    {
        string[] train = ["train", "train-images.idx", "--labels"];
        Assert.Contains("20 images but", _command.Of([.. train, "test-labels.idx"]), StringComparison.Ordinal);
        Assert.Contains("--test-labels", _command.Of([.. train, "train-labels.idx", "--test", "test-images.idx"]),
            StringComparison.Ordinal);
        Assert.Contains("--types is for tables", _command.Of([.. train, "train-labels.idx", "--types", "p0=number"]),
            StringComparison.Ordinal);
        File.WriteAllBytes(_command["cut.idx"], File.ReadAllBytes(_command["train-images.idx"])[..40]);
        Assert.Contains("cut.idx", _command.Of("train", "cut.idx", "--labels", "train-labels.idx"), StringComparison.Ordinal);
    }

    string Hash(string images, string labels) => _command.Run(
        "train", images, "--labels", labels, "--epochs", "1", "--layers", "4", "--json")
        .Succeeded().Json.GetProperty("modelHash").GetString()!;

    string Compressed(string name)
    {
        using FileStream file = File.Create(_command[name + ".gz"]);
        using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        gzip.Write(File.ReadAllBytes(_command[name]));
        return name + ".gz";
    }

    // Images of 2 x 2 pixels: those of label 1 are brighter.
    void Images(string name, byte count) => _command.Write(name,
        [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2,
            .. Enumerable.Range(0, count * 4).Select(i => (byte)(i / 4 % 2 * 120 + i % 31))]);

    void Labels(string name, byte count) => _command.Write(name,
        [0, 0, 8, 1, 0, 0, 0, count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 2))]);
}

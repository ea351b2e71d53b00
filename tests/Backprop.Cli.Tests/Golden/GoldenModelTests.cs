using Backprop.Engine;

namespace Backprop.Cli.Tests;

/// <summary>
/// Models that released numeric versions trained load, have their hashes, predict the same bits and are trained again to the same
/// bytes forever. <c>BACKPROP_UPDATE_GOLDEN=1</c> before <c>dotnet test</c> makes the models of a
/// version that has none; those that are there are never written anew.
/// </summary>
public sealed class GoldenModelTests : IDisposable
{
    readonly Command _command = new();

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, NumericVersion.Current)];

    public static TheoryData<int, string> Models
    {
        get
        {
            var models = new TheoryData<int, string>();
            for (int version = 1; version <= NumericVersion.Current; version++)
            {
                foreach (GoldenModel model in GoldenModels.Of(version))
                    models.Add(version, model.Name);
            }

            return models;
        }
    }

    public void Dispose() => _command.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_numeric_version_has_its_models(int version)
    {
        string folder = GoldenModels.FolderOf(version);
        if (version == NumericVersion.Current && !Directory.Exists(folder)
            && Environment.GetEnvironmentVariable("BACKPROP_UPDATE_GOLDEN") == "1")
        {
            GoldenModels.Make(_command);
        }

        Assert.True(Directory.Exists(folder), $"{folder} is missing: run with BACKPROP_UPDATE_GOLDEN=1, and commit it.");
        Assert.Equal(
            GoldenModels.Of(version).Select(model => $"{model.Name}.onnx").Order(StringComparer.Ordinal),
            Directory.GetFiles(folder, "*.onnx").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder, $"{GoldenModels.Resumed}.ckpt")));
        if (version == NumericVersion.Current)
        {
            Assert.Equal(
                GoldenModels.Commands,
                GoldenModels.Of(version).Select(model => (model.Name, model.Train, model.Predict)));
        }
    }

    [Fact]
    public void Every_operation_of_encoders_is_in_a_model()
    {
        string folder = GoldenModels.FolderOf(NumericVersion.Current);
        IEnumerable<Type> used = Directory.GetFiles(folder, "*.onnx").SelectMany(path => Model.Load(path).Core.Encoder.Columns)
            .SelectMany(column => column.Operations).Select(operation => operation.GetType()).Distinct();
        Assert.Equal(
            typeof(EncoderOperation).Assembly.GetTypes().Where(type => type.BaseType == typeof(EncoderOperation))
                .Select(type => type.Name).Order(StringComparer.Ordinal),
            used.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void It_loads_has_its_hashes_is_saved_as_it_was_and_predicts_the_same_bits(int version, string name)
    {
        GoldenModel golden = Golden(version, name);
        string path = Path.Combine(GoldenModels.FolderOf(version), $"{name}.onnx");
        var model = Model.Load(path);
        Assert.Equal(
            (version, golden.ParameterHash, golden.ModelHash), (model.NumericVersion, model.ParameterHash, model.ModelHash));
        model.Save(_command["saved.onnx"]);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(_command["saved.onnx"]));

        GoldenModels.CopyTo(_command, version);
        Assert.Equal(golden.Predictions, GoldenModels.Predictions(_command, golden));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void It_is_reproduced_by_the_arithmetic_of_its_version(int version, string name)
    {
        GoldenModels.CopyTo(_command, version);
        CommandResult result = _command.Run(["reproduce", $"{name}.onnx", .. Golden(version, name).Train.Split(' ')]);
        Assert.StartsWith($"REPRODUCED {name}.onnx in ", result.Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_training_goes_on_from_a_checkpoint_by_the_arithmetic_of_its_version(int version)
    {
        GoldenModels.CopyTo(_command, version);
        CommandResult result = _command.Run(
            [
                "train", .. Golden(version, GoldenModels.Resumed).Train.Split(' '), "--resume", $"{GoldenModels.Resumed}.ckpt",
                "--out", "m.onnx",
            ]);
        Assert.Contains("Going on after step ", result.Succeeded().Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_command[$"{GoldenModels.Resumed}.onnx"]), File.ReadAllBytes(_command["m.onnx"]));
    }

    static GoldenModel Golden(int version, string name) => GoldenModels.Of(version).Single(model => model.Name == name);
}

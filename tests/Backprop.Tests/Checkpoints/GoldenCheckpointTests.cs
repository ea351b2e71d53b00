using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>What this build reads from a checkpoint of any version it writes again as it was, every name and byte.</summary>
public sealed class GoldenCheckpointTests
{
    public static TheoryData<int> Versions => [.. Enumerable.Range(1, NumericVersion.Current)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_checkpoint_is_written_again_as_it_was(int version)
    {
        string folder = Path.GetFullPath(Samples.PathOf($"../tests/golden/models/{version}"));
        string path = Path.Combine(folder, "resumed.ckpt");
        var checkpoint = Checkpoint.Load(path);
        Network network = Model.Load(Path.Combine(folder, "resumed.onnx")).Network;
        TrainingOptions options = checkpoint.Recipe.Training.ToOptions(checkpoint.Recipe.Seed, hasValidation: true);
        TrainingState<float> state = checkpoint.Restore<float>(network, options, rows: null);
        var stream = new MemoryStream();
        Checkpoint.Write(stream, state, checkpoint.Recipe, checkpoint.Inputs, checkpoint.Contract, checkpoint.Trail);
        Assert.Equal(File.ReadAllBytes(path), stream.ToArray());
    }
}

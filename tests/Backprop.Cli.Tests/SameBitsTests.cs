namespace Backprop.Cli.Tests;

/// <summary>The same command gives the same file, whatever the threads, the vector unit and the run.</summary>
public sealed class SameBitsTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("sample:iris", "single")]
    [InlineData("sample:iris", "double")]
    [InlineData("sample:penguins", "single")]
    [InlineData("sample:penguins", "double")]
    public void Threads_vector_units_and_runs_change_no_bit(string data, string precision)
    {
        // Wide enough for packed products and more than one thread; odd, so that no tile fits evenly.
        string[] train =
        [
            "train", data, "--target", "species", "--precision", precision, "--epochs", "2", "--layers", "131,67",
            "--activation", "gelu,tanh", "--batch", "61", "--dropout", "0.1",
        ];
        (byte[] File, string[] Hashes) expected = Train(_command, [.. train, "--threads", "1"]);
        Assert.Equal(2, expected.Hashes.Length);
        AssertSame(_command, [.. train, "--threads", "2"]);
        AssertSame(_command, train);
        foreach (string off in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" })
        {
            using Command command = new Command().With(off, "0");
            AssertSame(command, [.. train, "--threads", "2"]);
        }

        void AssertSame(Command command, string[] arguments)
        {
            (byte[] file, string[] hashes) = Train(command, arguments);
            Assert.Equal(expected.Hashes, hashes, StringComparer.Ordinal);
            Assert.Equal(expected.File, file);
        }
    }

    static (byte[] File, string[] Hashes) Train(Command command, string[] arguments)
    {
        CommandResult result = command.Run([.. arguments, "--out", "m.onnx"]).Succeeded();
        string[] hashes = [.. result.Output.Split('\n').Where(line => line.Contains(" hash ", StringComparison.Ordinal))];
        return (File.ReadAllBytes(command["m.onnx"]), hashes);
    }
}

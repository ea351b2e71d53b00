using System.Globalization;
using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>Memory that ends while reading, encoding, training or saving.</summary>
public sealed class MemoryTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(28)]
    [InlineData(34)]
    [InlineData(44)]
    public void Too_little_of_it_is_one_sentence_and_overwrites_nothing(int megabytes)
    {
        const int Rows = 12_000, Columns = 30;
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, Columns).Select(i => $"c{i}"))).Append('\n');
        var random = new Random(1);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                text.Append(CultureInfo.InvariantCulture, $"{(column > 0 ? "," : "")}{random.NextDouble():F6}");
            text.Append('\n');
        }

        _command.Write("t.csv", text.ToString());
        _command.Write("m.onnx", "what was there before");
        _command.With("DOTNET_GCHeapHardLimit", (megabytes << 20).ToString("x", CultureInfo.InvariantCulture));
        CommandResult result = _command.Run(
            "train", "t.csv", "--target", "c0", "--layers", "1200,1200", "--batch", "2400", "--epochs", "1", "--out", "m.onnx");
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Equal("There is not enough memory for this table and network; leave out columns or rows.", result.Sentence);
        Assert.Equal("what was there before", File.ReadAllText(_command["m.onnx"]));
        Assert.Equal(2, Directory.GetFiles(_command.Folder).Length);
    }
}

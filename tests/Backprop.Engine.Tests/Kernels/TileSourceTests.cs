using Backprop.Tools;
using Xunit;

namespace Backprop.Engine.Tests;

public sealed class TileSourceTests
{
    [Fact]
    public void The_committed_tiles_are_what_the_generator_writes()
    {
        using Stream stream = typeof(TileSourceTests).Assembly.GetManifestResourceStream("Tiles.g.cs")!;
        using var reader = new StreamReader(stream);
        Assert.Equal(TileSource.Write(), reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}

using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>The pieces of a step cover its work, each part once, and no member's share is lost.</summary>
public sealed class StepPiecesTests
{
    static readonly Network s_network = new(
        300,
        [
            new Dense(1000, Activation.Relu), new BatchNorm(), new Dense(7, Activation.Tanh), new Dropout(0.1),
            new Dense(2, Activation.Linear),
        ]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Parts_are_all_rows_of_all_layers_once(int members)
    {
        var pieces = new StepPieces(s_network, members);
        var taken = new HashSet<(int Layer, int Row)>();
        for (int piece = pieces.Parts.Take(0); piece >= 0; piece = pieces.Parts.Take(0))
        {
            (int layer, RowRange part) = pieces.PartOf(piece);
            Assert.InRange(part.Count, 1, 144);
            for (int row = part.Start; row < part.End; row++)
                Assert.True(taken.Add((layer, row)));
        }

        Assert.Equal(Enumerable.Range(0, 5).Sum(s_network.Layout.PartsOf), taken.Count);
    }

    [Theory]
    [InlineData(1, 400, 1)]
    [InlineData(2, 500, 4)]
    [InlineData(2, 300, 2)]
    [InlineData(3, 2, 2)]
    [InlineData(2, 1, 1)]
    public void Rows_are_all_taken_once_and_cut_where_they_are_much_work(int members, int count, int expected)
    {
        // 300·1000 + 1000·7 + … weights: 246 rows of value flow and error flow are 150 million multiply-adds.
        var pieces = new StepPieces(s_network, members);
        var taken = new List<int>();
        int cuts = 0;
        for (int piece = pieces.Rows.Take(0); piece >= 0; piece = pieces.Rows.Take(0))
        {
            RowRange rows = pieces.RowsOf(piece, count);
            cuts += rows.Count > 0 ? 1 : 0;
            taken.AddRange(Enumerable.Range(rows.Start, rows.Count));
        }

        Assert.Equal(Enumerable.Range(0, count), taken.Order());
        Assert.Equal(expected, cuts);
    }

    [Fact]
    public void The_length_of_a_table_makes_rows_no_work()
    {
        Network Of(int categories) => new(3, [new Embed([new EmbedTable(categories, 50)]), new Dense(9, Activation.Tanh)]);
        Assert.Equal(Of(300).WorkOfRow, Of(1_000_000).WorkOfRow);
        Assert.Equal(1, CrewSize.For(Of(1_000_000), 64));
        Assert.Equal(0, new StepPieces(Of(1_000_000), 2).RowsOf(1, 200).Count);
    }
}

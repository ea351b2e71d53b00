using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Every piece is taken once, by whoever comes free.</summary>
public sealed class PiecesTests
{
    [Fact]
    public void A_member_takes_its_own_in_order_and_then_what_others_have_not_begun()
    {
        var pieces = new Pieces([2, 3, 1]);
        Assert.Equal(2, pieces.Take(1));
        Assert.Equal(5, pieces.Take(2));
        Assert.Equal([0, 1, 3, 4, -1], Enumerable.Range(0, 5).Select(_ => pieces.Take(2)));
        Assert.Equal(-1, pieces.Take(0));
    }

    [Fact]
    public void Reset_makes_all_free_again()
    {
        var pieces = new Pieces([1, 0, 2]);
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal([1, 2, 0, -1, -1], Enumerable.Range(0, 5).Select(_ => pieces.Take(2)));
            pieces.Reset();
        }
    }

    [Fact]
    public void Members_at_once_take_every_piece_exactly_once()
    {
        using var crew = new Crew(4);
        var job = new TakeAll { Pieces = new Pieces([500, 0, 40, 3000]), Crew = crew };
        for (int round = 0; round < 20; round++)
        {
            Array.Clear(job.Taken);
            crew.Run(job);
            Assert.All(job.Taken, times => Assert.Equal(1, times));
        }
    }

    sealed class TakeAll : ICrewJob
    {
        public required Pieces Pieces { get; init; }

        public required Crew Crew { get; init; }

        public int[] Taken { get; } = new int[3540];

        public void Run(int member, int members)
        {
            for (int piece = Pieces.Take(member); piece >= 0; piece = Pieces.Take(member))
                Interlocked.Increment(ref Taken[piece]);
            Crew.Barrier();
            if (member == 0)
                Pieces.Reset();
        }
    }
}

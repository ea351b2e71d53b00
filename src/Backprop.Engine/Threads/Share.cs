namespace Backprop.Engine;

/// <summary>One member's share of a job: which part of the work is its own, and where it waits for the others.</summary>
/// <param name="crew">The crew; null for one member alone.</param>
/// <param name="member">Which member, counted from 0.</param>
/// <param name="members">How many there are.</param>
readonly struct Share(Crew? crew, int member, int members)
{
    /// <summary>All of the work, for one member alone.</summary>
    public static Share All => new(null, 0, 1);

    /// <summary>Whether it is the first member, who does what only one may do.</summary>
    public bool IsFirst => member == 0;

    /// <summary>The member's part of some rows, with borders at multiples of <paramref name="grain"/>.</summary>
    public RowRange Of(RowRange rows, int grain = 1) => rows.Part(member, members, grain);

    /// <summary>The member's part of so many rows.</summary>
    public RowRange Of(int count, int grain = 1) => Of(new RowRange(0, count), grain);

    /// <summary>The next of some pieces for the member, or −1 where all are taken.</summary>
    public int Take(Pieces pieces) => pieces.Take(member);

    /// <summary>Whether the member has all of the work.</summary>
    public bool IsAlone => members == 1;

    /// <summary>Returns once every member has come here.</summary>
    public void Meet()
    {
        if (members > 1)
            crew!.Barrier();
    }
}

namespace Backprop.Engine;

/// <summary>
/// Pieces of work that the members of a crew take as they come free: each its own, in their order, and then what others have not
/// begun. So a member that something else keeps from working holds up one piece, not its whole share.
/// </summary>
sealed class Pieces
{
    /// <summary>Counters lie so many integers apart, each in a cache line of its own.</summary>
    const int Apart = 32;

    readonly int[] _next;
    readonly int[] _starts;

    /// <param name="own">How many pieces are each member's own; they are numbered member after member, from 0.</param>
    public Pieces(ReadOnlySpan<int> own)
    {
        _next = new int[own.Length * Apart];
        _starts = new int[own.Length + 1];
        for (int member = 0; member < own.Length; member++)
            _starts[member + 1] = _starts[member] + own[member];
        Reset();
    }

    /// <summary>Makes all pieces free again, while nobody takes one.</summary>
    public void Reset()
    {
        for (int member = 0; member < _starts.Length - 1; member++)
            _next[member * Apart] = _starts[member];
    }

    /// <summary>The next piece for a member, or −1 where all are taken.</summary>
    public int Take(int member)
    {
        int members = _starts.Length - 1;
        for (int i = 0; i < members; i++)
        {
            int owner = member + i < members ? member + i : member + i - members;
            ref int next = ref _next[owner * Apart];
            if (Volatile.Read(ref next) < _starts[owner + 1] && Interlocked.Increment(ref next) - 1 is var piece
                && piece < _starts[owner + 1])
            {
                return piece;
            }
        }

        return -1;
    }
}

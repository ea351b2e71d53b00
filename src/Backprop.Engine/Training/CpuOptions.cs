namespace Backprop.Engine;

/// <summary>How a training uses the processor; changes no bit.</summary>
/// <param name="Threads">How many threads take part at most; 0 for as many as the work pays for.</param>
/// <param name="Width">The vectors of the loops.</param>
/// <param name="ChunkRows">The most rows computed at a time; the gradient's sums go on from one such chunk to the next.</param>
readonly record struct CpuOptions(int Threads, LaneWidth Width, int ChunkRows = CpuOptions.UsualChunkRows)
{
    /// <summary>
    /// Whether a step is taken by one thread where that is faster, because others have to share their cores with something else.
    /// </summary>
    public bool InPace { get; init; }

    /// <summary>So many rows of usual layers fit the second-level cache.</summary>
    public const int UsualChunkRows = 512;
}

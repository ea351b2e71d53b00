namespace Backprop.Engine;

/// <summary>
/// The differences of some entries, dealt out to a crew. Entries know nothing of each other, so how many members there are
/// changes no bit.
/// </summary>
sealed class EntriesJob(
    int[] entries, Func<DifferenceScratch> room, Func<int, DifferenceScratch, SlopeEstimate?> estimate) : ICrewJob
{
    /// <summary>The estimate of each entry.</summary>
    public SlopeEstimate?[] Found { get; } = new SlopeEstimate?[entries.Length];

    public void Run(int member, int members)
    {
        DifferenceScratch scratch = room();
        for (int i = member; i < entries.Length; i += members)
            Found[i] = estimate(entries[i], scratch);
    }
}

namespace Backprop.Engine;

/// <summary>
/// Work that the members of a <see cref="Crew"/> do together. A class that lives as long as its crew and is given new
/// fields before each run, so that a run allocates nothing.
/// </summary>
interface ICrewJob
{
    /// <summary>
    /// One member's part. Every member must come to each <see cref="Crew.Barrier"/> of the job.
    /// </summary>
    /// <param name="member">0 (the caller's thread) to members − 1.</param>
    /// <param name="members">How many members run the job.</param>
    void Run(int member, int members);
}

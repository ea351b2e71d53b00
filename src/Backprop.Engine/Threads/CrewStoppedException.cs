namespace Backprop.Engine;

/// <summary>Unwinds a member that waits for another which has failed; never leaves the <see cref="Crew"/>.</summary>
sealed class CrewStoppedException : Exception
{
    public CrewStoppedException()
        : base("Another member of the crew has failed.")
    {
    }

    public CrewStoppedException(string message)
        : base(message)
    {
    }

    public CrewStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

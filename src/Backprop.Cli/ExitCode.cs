namespace Backprop.Cli;

/// <summary>What the command's exit code means.</summary>
static class ExitCode
{
    public const int Done = 0;

    /// <summary>A check or comparison failed.</summary>
    public const int Differs = 1;

    /// <summary>Wrong use or bad input.</summary>
    public const int WrongUse = 2;

    /// <summary>Training diverged, or the machine failed (disk, memory).</summary>
    public const int Failed = 3;

    /// <summary>Interrupted, after the model was written.</summary>
    public const int Interrupted = 130;
}

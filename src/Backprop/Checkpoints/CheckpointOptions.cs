namespace Backprop;

/// <summary>Where and when a training saves where it stands.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The time between checkpoints where nothing else is said.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);

    /// <summary>The file. It is written beside and renamed, so that it always holds a whole checkpoint.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// The time between two checkpoints; null for <see cref="DefaultInterval"/>, or for none where
    /// <see cref="EveryEpochs"/> is given. Zero saves after every step.
    /// </summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The number of epochs between two checkpoints; null where time decides.</summary>
    public int? EveryEpochs { get; init; }

    /// <summary>
    /// Is called before a checkpoint is written, on the training thread: what else is written of the training, such as a log,
    /// should be on the disk by then.
    /// </summary>
    public Action? Saving { get; init; }
}

using Backprop.Engine;

namespace Backprop;

/// <summary>What of a training changes no bit of the model.</summary>
public readonly record struct RunOptions
{
    /// <summary>
    /// The number of threads at most, of which one takes the steps where that is faster; 0 for as many as the work pays for.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>Is told once what will be trained, when nothing can be refused any more and before the first step.</summary>
    public Action<TrainingStart>? Started { get; init; }

    /// <summary>
    /// Is told of every epoch, and between epochs a few times a second, in order and on the training thread; for an
    /// <see cref="IProgress{T}"/> give its <c>Report</c>.
    /// </summary>
    public Action<TrainingProgress>? Progress { get; init; }

    /// <summary>Is told of every step and epoch, on the training thread.</summary>
    public ITrainingObserver? Observer { get; init; }

    /// <summary>Where and when it is saved where the training stands; null for nowhere.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>The checkpoint to go on from, with the same inputs and recipe; null to begin.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>
    /// Ends the training between two steps; the result is the best model so far. Before the first step there is none, and
    /// <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    public CancellationToken Cancellation { get; init; }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>What a training gives.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingResult<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal TrainingResult()
    {
    }

    /// <summary>The parameters: those of the best epoch where there was a validation, else the last.</summary>
    public required Parameters<T> Parameters { get; init; }

    /// <summary>How many epochs were finished.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch that <see cref="Parameters"/> are of, counted from 1; 0 where none was finished.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required long Steps { get; init; }

    /// <summary>How many training rows were taken, each as often as it was taken.</summary>
    public required long RowsTaken { get; init; }

    /// <summary>The last finished epoch's loss; NaN where none was.</summary>
    public required double Loss { get; init; }

    /// <summary>Why it ended.</summary>
    public required StopReason Stopped { get; init; }
}

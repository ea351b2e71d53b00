namespace Backprop.Engine;

/// <summary>One epoch: one pass over the training rows, and what the validation measured after it.</summary>
public readonly ref struct EpochEvent
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps taken so far, over the whole training.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch's loss Σwℓ/Σw over its rows, each taken before the update of its batch.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The names of <see cref="Metrics"/>.</summary>
    public required ReadOnlySpan<string> MetricNames { get; init; }

    /// <summary>The validation's metrics, in the order of <see cref="IValidation{T}.Metrics"/>; empty without one.</summary>
    public required ReadOnlySpan<double> Metrics { get; init; }

    /// <summary>Whether this epoch is the best so far.</summary>
    public required bool IsBest { get; init; }
}

namespace Backprop;

/// <summary>Where a training stands.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>The beginning of a training.</summary>
    public TrainingProgress()
    {
    }

    /// <summary>The epoch under way or just finished, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The most epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The last finished epoch, 0 before the first.</summary>
    public int EpochsDone { get; init; }

    /// <summary>The loss of the last finished epoch; NaN before the first.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>
    /// The root of the mean square error that <see cref="Loss"/> is, in the target's own unit; NaN before the first epoch ends,
    /// for classes, for several targets and for losses that are no squares.
    /// </summary>
    public double Rmse { get; init; } = double.NaN;

    /// <summary>The metric that decides which epoch is best; null without validation.</summary>
    public string? MetricName { get; init; }

    /// <summary>Its value after the last finished epoch; NaN before the first and without validation.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>
    /// What tells people how good the last finished epoch is on the validation rows: the accuracy, or the RMSE in the target's
    /// own unit; NaN without validation.
    /// </summary>
    public double ValidationScore { get; init; } = double.NaN;

    /// <summary>The best epoch so far, 0 before the first.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Training rows taken per second so far.</summary>
    public double RowsPerSecond { get; init; }

    /// <summary>An estimate for the epochs that are left, if nothing stops the training.</summary>
    public double SecondsLeft { get; init; } = double.PositiveInfinity;
}

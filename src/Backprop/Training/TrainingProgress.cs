namespace Backprop;

/// <summary>Where a training stands.</summary>
/// <param name="Epoch">The epoch under way or just finished, counted from 1.</param>
/// <param name="Epochs">The most epochs.</param>
/// <param name="Loss">The loss of the last finished epoch; NaN before the first.</param>
/// <param name="MetricName">The metric that decides which epoch is best; null without validation.</param>
/// <param name="Metric">Its value after the last finished epoch.</param>
/// <param name="BestEpoch">The best epoch so far, 0 before the first.</param>
/// <param name="RowsPerSecond">Training rows taken per second so far.</param>
/// <param name="SecondsLeft">An estimate for the epochs that are left, if nothing stops the training.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, double Loss, string? MetricName, double Metric, int BestEpoch, double RowsPerSecond,
    double SecondsLeft)
{
    /// <summary>The last finished epoch, 0 before the first.</summary>
    public int EpochsDone { get; init; }

    /// <summary>
    /// The root of the mean square error that <see cref="Loss"/> is, in the target's own unit; NaN before the first epoch ends,
    /// for classes, for several targets and for losses that are no squares.
    /// </summary>
    public double Rmse { get; init; } = double.NaN;

    /// <summary>
    /// What tells people how good the last finished epoch is on the validation rows: the accuracy, or the RMSE in the target's
    /// own unit; NaN without validation.
    /// </summary>
    public double ValidationScore { get; init; } = double.NaN;
}

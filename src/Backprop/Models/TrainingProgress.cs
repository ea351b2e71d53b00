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
    double SecondsLeft);

using System.Diagnostics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Turns the engine's events into progress reports, at most a few a second, and passes them on.</summary>
/// <param name="run">Whom to tell.</param>
/// <param name="epochs">The most epochs.</param>
/// <param name="rows">The training rows.</param>
/// <param name="rowsBefore">How many rows were taken before this run.</param>
/// <param name="metrics">The validation's metrics.</param>
/// <param name="watched">Which of them decides.</param>
sealed class ProgressObserver(
    RunOptions run, int epochs, int rows, long rowsBefore, IReadOnlyList<string> metrics, int watched) : ITrainingObserver
{
    static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    readonly Stopwatch _watch = Stopwatch.StartNew();
    TimeSpan _next = s_interval;
    double _loss = double.NaN;
    double _metric = double.NaN;
    int _bestEpoch;

    public void OnStep(in StepEvent step)
    {
        run.Observer?.OnStep(step);
        if (run.Progress is null || _watch.Elapsed < _next)
            return;

        _next = _watch.Elapsed + s_interval;
        Report(step.Epoch, (step.Epoch - 1) * (double)rows + step.Rows);
    }

    public void OnEpoch(in EpochEvent epoch)
    {
        run.Observer?.OnEpoch(epoch);
        _loss = epoch.Loss;
        _metric = epoch.Metrics.IsEmpty ? double.NaN : epoch.Metrics[watched];
        _bestEpoch = epoch.IsBest ? epoch.Epoch : _bestEpoch;
        if (run.Progress is not null)
            Report(epoch.Epoch, epoch.Epoch * (double)rows);
    }

    void Report(int epoch, double rowsDone)
    {
        double seconds = _watch.Elapsed.TotalSeconds;
        double perSecond = (rowsDone - rowsBefore) / seconds;
        run.Progress!(new TrainingProgress(
            epoch, epochs, _loss, metrics.Count == 0 ? null : metrics[watched], _metric, _bestEpoch, perSecond,
            (epochs * (double)rows - rowsDone) / perSecond));
    }
}

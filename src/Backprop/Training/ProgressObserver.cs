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
/// <param name="toRmse">What makes an RMSE of a mean loss, or NaN.</param>
sealed class ProgressObserver(
    RunOptions run, int epochs, int rows, long rowsBefore, IReadOnlyList<string> metrics, int watched,
    Func<double, double> toRmse)
    : ITrainingObserver
{
    /// <summary>Steps of a small network take less time than to look at the clock between them.</summary>
    const int MostUnlooked = 1 << 12;

    static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(5);

    readonly int _score = Score(metrics);
    readonly Stopwatch _watch = Stopwatch.StartNew();
    TimeSpan _next = s_interval;
    TimeSpan _looked;
    int _unlooked = 1;
    int _left = 1;
    double _loss = double.NaN;
    double _metric = double.NaN;
    double _validationScore = double.NaN;
    int _bestEpoch;
    int _done;

    public void OnStep(in StepEvent step)
    {
        run.Observer?.OnStep(step);
        if (run.Progress is null || --_left > 0)
            return;

        TimeSpan now = _watch.Elapsed;
        _unlooked = now - _looked < s_soon ? Math.Min(MostUnlooked, 2 * _unlooked) : Math.Max(1, _unlooked / 2);
        (_left, _looked) = (_unlooked, now);
        if (now < _next)
            return;
        _next = now + s_interval;
        Report(step.Epoch, (step.Epoch - 1) * (double)rows + step.Rows);
    }

    public void OnEpoch(in EpochEvent epoch)
    {
        run.Observer?.OnEpoch(epoch);
        _done = epoch.Epoch;
        _loss = epoch.Loss;
        _metric = epoch.Metrics.IsEmpty ? double.NaN : epoch.Metrics[watched];
        _validationScore = epoch.Metrics.IsEmpty || _score < 0 ? double.NaN : epoch.Metrics[_score];
        _bestEpoch = epoch.IsBest ? epoch.Epoch : _bestEpoch;
        if (run.Progress is not null)
            Report(epoch.Epoch, epoch.Epoch * (double)rows);
    }

    static int Score(IReadOnlyList<string> metrics)
    {
        for (int i = 0; i < metrics.Count; i++)
        {
            if (metrics[i] is MetricNames.Accuracy or MetricNames.Rmse)
                return i;
        }

        return -1;
    }

    void Report(int epoch, double rowsDone)
    {
        double seconds = _watch.Elapsed.TotalSeconds;
        double perSecond = (rowsDone - rowsBefore) / seconds;
        run.Progress!(new TrainingProgress(
            epoch, epochs, _loss, metrics.Count == 0 ? null : metrics[watched], _metric, _bestEpoch, perSecond,
            (epochs * (double)rows - rowsDone) / perSecond)
        {
            EpochsDone = _done,
            Rmse = toRmse(_loss),
            ValidationScore = _validationScore,
        });
    }
}

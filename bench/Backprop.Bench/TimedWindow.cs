using System.Diagnostics;
using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>
/// Stops a training after so many steps, or after a warm-up (processor time) and a window (the clock) of so many seconds. The
/// clock is read at every step that may matter and seldom else, so that the smallest networks are not slowed down by it.
/// </summary>
sealed class TimedWindow(double warmUp, double seconds, long stopAtStep) : ITrainingObserver, IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly WarmUp _warmUp = new(warmUp);
    long _lastLook = Stopwatch.GetTimestamp();
    long _untilNextLook = 1;
    long _stride = 1;
    long _rows;
    int _rowsInEpoch;
    long _start;
    TimeSpan _processorAtStart;

    public CancellationToken Token => _stop.Token;

    public long Steps { get; private set; }

    /// <summary>Rows in the window.</summary>
    public long Rows { get; private set; }

    /// <summary>How long the window was.</summary>
    public double Seconds { get; private set; }

    /// <summary>How much time the process got from all processors in the window.</summary>
    public double ProcessorSeconds { get; private set; }

    /// <summary>Steps in the window.</summary>
    public long WindowSteps { get; private set; }

    public void OnStep(in StepEvent step)
    {
        _rows += step.Rows - _rowsInEpoch;
        _rowsInEpoch = step.Rows;
        Steps++;
        if (Steps == stopAtStep)
            _stop.Cancel();
        if (--_untilNextLook == 0)
            Look();
    }

    public void OnEpoch(in EpochEvent epoch) => _rowsInEpoch = 0;

    public void Dispose() => _stop.Dispose();

    void Look()
    {
        long now = Stopwatch.GetTimestamp();
        double sinceLast = Stopwatch.GetElapsedTime(_lastLook, now).TotalSeconds;
        _stride = sinceLast < 0.0005 ? Math.Min(_stride * 2, 1 << 20) : Math.Max(_stride / 2, 1);
        (_lastLook, _untilNextLook) = (now, _stride);
        if (seconds <= 0)
            return;

        if (_start == 0)
        {
            if (!_warmUp.IsOver)
                return;

            now = Stopwatch.GetTimestamp();
            (_start, _rows, WindowSteps, _processorAtStart) = (now, 0, -Steps, Environment.CpuUsage.TotalTime);
        }
        else if (Stopwatch.GetElapsedTime(_start, now).TotalSeconds is var elapsed && elapsed >= seconds)
        {
            ProcessorSeconds = (Environment.CpuUsage.TotalTime - _processorAtStart).TotalSeconds;
            (Rows, Seconds) = (_rows, elapsed);
            WindowSteps += Steps;
            _stop.Cancel();
        }
    }
}

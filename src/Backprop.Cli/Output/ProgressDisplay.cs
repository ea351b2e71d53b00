namespace Backprop.Cli;

/// <summary>
/// Tells where a training stands: in one line of a terminal that is written over, in a line every few seconds where that cannot
/// be, or in a line for each epoch where that was asked for.
/// </summary>
sealed class ProgressDisplay(bool eachEpoch) : IDisposable
{
    /// <summary>Milliseconds between two states of the line; nobody reads faster.</summary>
    const long LiveInterval = 100;

    /// <summary>Milliseconds until the first line and between two lines that stay.</summary>
    const long FirstLine = 2000;
    const long Interval = 5000;

    /// <summary>
    /// Milliseconds of training before its speed tells anything of the rest: the first steps are compiled and warm up.
    /// </summary>
    const long WarmUp = 1000;

    readonly Lock _lock = new();
    readonly bool _isLive = Screen.CanRewrite && !eachEpoch;
    long _next = Environment.TickCount64 + (Screen.CanRewrite ? 0 : FirstLine);
    long _start;
    int _epochs;
    bool _written;
    bool _ended;

    /// <summary>Whether anybody is told.</summary>
    public static bool IsShown => !Messages.AreQuiet;

    /// <summary>Tells where a training stands, if it is time to.</summary>
    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _start = _start == 0 ? Environment.TickCount64 : _start;
            if (eachEpoch)
                ReportEpoch(value);
            else if (Environment.TickCount64 >= _next)
                ReportNow(value);
        }
    }

    /// <summary>Wipes the line and shows no other.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_written)
                Messages.Progress(null);
            (_written, _ended) = (false, true);
        }
    }

    public void Dispose() => Clear();

    void ReportNow(in TrainingProgress value)
    {
        _next = Environment.TickCount64 + (_isLive ? LiveInterval : Interval);
        if (_isLive)
        {
            TrainingProgress known = Environment.TickCount64 - _start >= WarmUp ? value
                : value with { RowsPerSecond = double.NaN, SecondsLeft = double.NaN };

            // A line that wraps could not be wiped away.
            Messages.Progress(ProgressText.Fitting(known, Screen.Width - 1));
            _written = true;
        }
        else
        {
            Messages.Line(ProgressText.Whole(value));
        }
    }

    void ReportEpoch(in TrainingProgress value)
    {
        if (value.EpochsDone <= _epochs)
            return;
        _epochs = value.EpochsDone;
        Messages.Line(ProgressText.Whole(value with { Epoch = value.EpochsDone }));
    }
}

using System.Globalization;

namespace Backprop.Cli;

/// <summary>One line on a terminal that tells where training stands.</summary>
sealed class LiveLine : IDisposable
{
    /// <summary>Milliseconds between two lines; nobody reads faster.</summary>
    const long Interval = 100;

    readonly Lock _lock = new();
    long _next;
    bool _written;
    bool _ended;

    /// <summary>Whether there is a terminal to show it on.</summary>
    public bool IsShown { get; } = Messages.IsTerminal;

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            if (_ended || Environment.TickCount64 < _next)
                return;
            Messages.Progress(Fitting(Text(value)));
            _next = Environment.TickCount64 + Interval;
            _written = true;
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

    // What matters most comes first, because a narrow terminal cuts the end.
    static string Text(TrainingProgress value)
    {
        string loss = double.IsNaN(value.Loss) ? "" : string.Create(CultureInfo.InvariantCulture, $"  loss {value.Loss:G4}");
        string metric = value.MetricName is null || double.IsNaN(value.Metric)
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  validation {value.MetricName} {value.Metric:G4} (best: epoch {value.BestEpoch})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}  {Left(value.SecondsLeft)} left  {value.RowsPerSecond:N0} rows/s{loss}{metric}");
    }

    /// <summary>A line that wraps could not be wiped away.</summary>
    static string Fitting(string text)
    {
        const int Usual = 80;
        int width = Usual;
        try
        {
            width = Console.WindowWidth > 1 ? Console.WindowWidth : Usual;
        }
        catch (IOException)
        {
            // A terminal that does not tell its width.
        }

        return text.Length < width ? text : text[..(width - 1)];
    }

    static string Left(double seconds) => seconds switch
    {
        _ when !double.IsFinite(seconds) => "?",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
    };
}

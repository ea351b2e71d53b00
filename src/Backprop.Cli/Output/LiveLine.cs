using System.Globalization;

namespace Backprop.Cli;

/// <summary>One line on a terminal that tells where training stands.</summary>
sealed class LiveLine : IProgress<TrainingProgress>, IDisposable
{
    readonly Lock _lock = new();
    bool _written;
    bool _ended;

    /// <summary>Whether there is a terminal to show it on.</summary>
    public bool IsShown { get; } = Messages.IsTerminal;

    public void Report(TrainingProgress value)
    {
        string metric = value.MetricName is null || double.IsNaN(value.Metric)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"  validation {value.MetricName} {value.Metric:G5} (best: epoch {value.BestEpoch})");
        string loss = double.IsNaN(value.Loss) ? "" : string.Create(CultureInfo.InvariantCulture, $"  loss {value.Loss:G5}");
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}{loss}{metric}  {value.RowsPerSecond:N0} rows/s  {Left(value.SecondsLeft)} left");
        lock (_lock)
        {
            if (_ended)
                return;
            Messages.Progress(Fitting(text));
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

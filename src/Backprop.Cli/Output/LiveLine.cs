using System.Globalization;

namespace Backprop.Cli;

/// <summary>One line on a terminal that tells where training stands.</summary>
sealed class LiveLine : IProgress<TrainingProgress>, IDisposable
{
    const string ToStartAndErase = "\r\u001b[K";

    bool _written;

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
        Console.Error.Write(ToStartAndErase + text);
        _written = true;
    }

    /// <summary>Wipes the line.</summary>
    public void Clear()
    {
        if (_written)
            Console.Error.Write(ToStartAndErase);
        _written = false;
    }

    public void Dispose() => Clear();

    static string Left(double seconds) => seconds switch
    {
        _ when !double.IsFinite(seconds) => "?",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
    };
}

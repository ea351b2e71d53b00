using System.Globalization;

namespace Backprop.Cli;

/// <summary>Where a training stands, in words.</summary>
static class ProgressText
{
    const string Between = "  ";

    /// <summary>As much as a line takes, never a part of a number: what matters less is left out first.</summary>
    /// <param name="value">Where it stands.</param>
    /// <param name="width">The most characters.</param>
    public static string Fitting(in TrainingProgress value, int width)
    {
        (int Place, string Text)[] parts = [.. ByWeight(value).Where(part => part.Text.Length > 0)];
        var taken = new List<(int Place, string Text)>();
        int length = 0;
        foreach ((int place, string text) in parts)
        {
            int more = text.Length + (taken.Count > 0 ? Between.Length : 0);
            if (length + more > width)
                continue;
            taken.Add((place, text));
            length += more;
        }

        return string.Join(Between, taken.OrderBy(part => part.Place).Select(part => part.Text));
    }

    /// <summary>All of it.</summary>
    public static string Whole(in TrainingProgress value) => Fitting(value, int.MaxValue);

    /// <summary>The parts, what matters most first, each with its place in the line.</summary>
    static IEnumerable<(int Place, string Text)> ByWeight(TrainingProgress value) =>
    [
        (0, $"epoch {value.Epoch}/{value.Epochs}"),
        (2, Validation(value)),
        (5, Left(value.SecondsLeft)),
        (1, TrainingLoss(value)),
        (3, value.MetricName is null || value.BestEpoch == 0 ? "" : $"best: epoch {value.BestEpoch}"),
        (4, Rate(value.RowsPerSecond)),
    ];

    /// <summary>Numbers in the unit of the target, where the loss is of its squares.</summary>
    static string TrainingLoss(TrainingProgress value) => 0 switch
    {
        _ when double.IsFinite(value.Rmse) => $"RMSE {Number(value.Rmse)}",
        _ when double.IsFinite(value.Loss) => $"loss {Number(value.Loss)}",
        _ => "",
    };

    static string Validation(TrainingProgress value)
    {
        if (value.MetricName is null || double.IsNaN(value.Metric))
            return "";
        bool isOfNumbers = !double.IsNaN(value.Rmse) || value.MetricName is MetricNames.Rmse;
        return (value.MetricName, isOfNumbers) switch
        {
            (MetricNames.Accuracy, _) => $"validation accuracy {EvaluationText.Percent(value.Metric)}",
            (MetricNames.Loss or MetricNames.Rmse, true) when double.IsFinite(value.ValidationScore) =>
                $"validation RMSE {Number(value.ValidationScore)}",
            _ => $"validation {value.MetricName} {Number(value.Metric)}",
        };
    }

    /// <summary>How fast rows are taken; nothing where none was yet.</summary>
    public static string Rate(double rowsPerSecond) => rowsPerSecond switch
    {
        _ when !double.IsFinite(rowsPerSecond) || rowsPerSecond <= 0 => "",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{rowsPerSecond:G2} rows/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{rowsPerSecond:N0} rows/s"),
    };

    /// <summary>How long something took.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 0.1 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F1} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h"),
    };

    static string Number(double value) => Math.Abs(value) >= 1e4 ? EvaluationText.Short(value)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    static string Left(double seconds) => seconds switch
    {
        _ when !double.IsFinite(seconds) || seconds <= 0 => "",
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):F0} s left"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min left"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h left"),
    };
}

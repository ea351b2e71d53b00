using System.Text.Json;

namespace Backprop.Tests;

/// <summary>Cases of tests/golden/metrics.json, which scikit-learn measured.</summary>
static class GoldenMetrics
{
    static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static File Read()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "golden", "metrics.json");
            if (System.IO.File.Exists(path))
                return JsonSerializer.Deserialize<File>(System.IO.File.ReadAllText(path), s_options)!;
        }

        throw new FileNotFoundException($"tests/golden/metrics.json is in no folder above {AppContext.BaseDirectory}.");
    }

    public sealed record File(ClassCase[] Classes, NumberCase[] Numbers);

    public sealed record ClassCase(
        string Name,
        int ClassCount,
        int[] Classes,
        double[] Probabilities,
        double[]? Weights,
        double Accuracy,
        double BalancedAccuracy,
        double MacroF1,
        double LogLoss,
        double? Auc,
        double? AveragePrecision,
        double[] Precision,
        double[] Recall,
        double[] F1,
        double[] Support,
        double[] Confusion);

    public sealed record NumberCase(
        string Name,
        double[] Targets,
        double[] Predictions,
        double[]? Weights,
        double Rmse,
        double Mae,
        double Mape,
        double R2);
}

using Backprop.Engine;

namespace Backprop;

/// <summary>What people type for metrics.</summary>
static class MetricWords
{
    static readonly Vocabulary s_words = new(
        "metric",
        MetricNames.All,
        [
            ("acc", MetricNames.Accuracy),
            ("crossentropy", MetricNames.LogLoss),
            ("rocauc", MetricNames.Auc), ("auroc", MetricNames.Auc),
            ("ap", MetricNames.AveragePrecision),
            ("f1macro", MetricNames.MacroF1), ("f1score", MetricNames.F1),
            ("meanabsoluteerror", MetricNames.Mae),
            ("rootmeansquarederror", MetricNames.Rmse),
            ("meanabsolutepercentageerror", MetricNames.Mape),
            ("r2score", MetricNames.R2),
            ("valloss", MetricNames.Loss), ("validationloss", MetricNames.Loss),
        ],
        [
            ("mse", "it is the square of rmse, which finds the same epoch best."),
            ("meansquarederror", "it is the square of rmse, which finds the same epoch best."),
        ]);

    /// <summary>The metric that a word stands for; the word as it is where it stands for none.</summary>
    /// <exception cref="ArgumentException">The word means something else; the message says what to take.</exception>
    public static string Name(string word) => s_words.Name(word);
}

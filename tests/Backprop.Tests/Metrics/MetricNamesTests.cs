using Xunit;

namespace Backprop.Tests;

public sealed class MetricNamesTests
{
    [Fact]
    public void Knows_for_each_metric_whether_more_is_better()
    {
        Assert.Equal(
            ["accuracy", "balancedAccuracy", "macroF1", "f1", "auc", "averagePrecision", "r2"],
            MetricNames.All.Where(MetricNames.HigherIsBetter),
            StringComparer.Ordinal);
        Assert.Equal(
            ["loss", "logLoss", "rmse", "mae", "mape"],
            MetricNames.All.Where(static name => !MetricNames.HigherIsBetter(name)),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0, "loss, rmse, mae, mape, r2")]
    [InlineData(2, "loss, accuracy, balancedAccuracy, macroF1, logLoss, f1, auc, averagePrecision")]
    [InlineData(3, "loss, accuracy, balancedAccuracy, macroF1, logLoss")]
    public void Every_other_metric_is_refused_with_the_fitting_ones(int classes, string fitting)
    {
        foreach (string name in MetricNames.All)
        {
            if (fitting.Split(", ").Contains(name, StringComparer.Ordinal))
            {
                MetricNames.ThrowUnlessFits(name, classes);
                continue;
            }

            string message = Assert.Throws<ArgumentException>(() => MetricNames.ThrowUnlessFits(name, classes)).Message;
            Assert.EndsWith($"choose one of {fitting}.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_unknown_metric_is_answered_with_the_known_ones()
    {
        string message = Assert.Throws<ArgumentException>(static () => MetricNames.HigherIsBetter("Accuracy")).Message;
        Assert.StartsWith("There is no metric 'Accuracy'", message, StringComparison.Ordinal);
        Assert.All(MetricNames.All, name => Assert.Contains(name, message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(static () => MetricNames.ThrowUnlessFits("f2", 2));
    }
}

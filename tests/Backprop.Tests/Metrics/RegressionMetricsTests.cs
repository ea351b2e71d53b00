using Xunit;

namespace Backprop.Tests;

public sealed class RegressionMetricsTests
{
    public static TheoryData<string> GoldenNames() => [.. GoldenMetrics.Read().Numbers.Select(static c => c.Name)];

    [Theory]
    [MemberData(nameof(GoldenNames))]
    public void Agrees_with_scikit_learn(string name)
    {
        GoldenMetrics.NumberCase golden = GoldenMetrics.Read().Numbers.Single(c => c.Name == name);
        RegressionMetrics metrics = RegressionMetrics.Measure(golden.Targets, golden.Predictions, golden.Weights);

        Assert.Equal(golden.Rmse, metrics.Rmse, 1e-14 * golden.Rmse);
        Assert.Equal(golden.Mae, metrics.Mae, 1e-14 * golden.Mae);
        Assert.Equal(golden.Mape, metrics.Mape!.Value, 1e-14 * golden.Mape);
        Assert.Equal(golden.R2, metrics.R2!.Value, 1e-14);
    }

    [Fact]
    public void Counts_a_case_done_by_hand()
    {
        RegressionMetrics metrics = RegressionMetrics.Measure([0, 2, 4], [1, 2, 2], trainingMean: 1);

        Assert.Equal(3, metrics.Rows);
        Assert.Equal(Math.Sqrt(5.0 / 3), metrics.Rmse);
        Assert.Equal(1, metrics.Mae);
        Assert.Equal(0.25, metrics.Mape);
        Assert.Equal(1 - (5.0 / 8), metrics.R2);
        Assert.Equal(Math.Sqrt(11.0 / 3), metrics.BaselineRmse);
    }

    [Fact]
    public void Whole_weights_equal_repeated_rows()
    {
        RegressionMetrics weighted = RegressionMetrics.Measure([0, 2, 5, 9], [1, 4, 2, 0], [2, 3, 1, 0], 1.5);
        RegressionMetrics repeated = RegressionMetrics.Measure([0, 0, 2, 2, 2, 5], [1, 1, 4, 4, 4, 2], trainingMean: 1.5);

        Assert.All(repeated.Values, pair => Assert.Equal(pair.Value!.Value, weighted.Value(pair.Key)!.Value, 1e-15));
        Assert.Equal(repeated.BaselineRmse, weighted.BaselineRmse);
    }

    [Fact]
    public void What_is_undefined_is_null()
    {
        RegressionMetrics zeros = RegressionMetrics.Measure([0, 0], [1, 2]);
        Assert.Null(zeros.Mape);
        Assert.Null(zeros.R2);
        Assert.Null(zeros.BaselineRmse);

        RegressionMetrics one = RegressionMetrics.Measure([3], [3]);
        Assert.Null(one.R2);
        Assert.Equal((0.0, 0.0, 0.0), (one.Rmse, one.Mae, one.Mape!.Value));

        // 0.1 summed thrice and divided is not 0.1, which must not pass for a spread.
        Assert.Null(RegressionMetrics.Measure([0.1, 0.1, 0.1], [0, 0, 0]).R2);
        Assert.Null(RegressionMetrics.Measure([1, 2], [1, 2], [1, 0]).R2);
    }

    [Fact]
    public void Values_are_those_of_the_properties_in_a_fixed_order()
    {
        RegressionMetrics metrics = RegressionMetrics.Measure([0, 2, 4], [1, 2, 2]);
        Assert.Equal(MetricNames.ForNumbers.Skip(1), metrics.Values.Select(static pair => pair.Key), StringComparer.Ordinal);
        Assert.Equal([metrics.Rmse, metrics.Mae, metrics.Mape, metrics.R2], metrics.Values.Select(static pair => pair.Value));
        Assert.All(metrics.Values, pair => Assert.Equal(metrics.Value(pair.Key), pair.Value));
        Assert.Throws<ArgumentException>(() => metrics.Value("accuracy"));
    }

    [Fact]
    public void A_prediction_that_is_not_finite_makes_an_epoch_unmeasurable()
    {
        double[] values = new double[2];
        RegressionMetrics.Measure([MetricNames.Rmse, MetricNames.Loss], 4, [1, 2], [1, double.PositiveInfinity], [], values);
        Assert.Equal([double.NaN, 4], values);

        RegressionMetrics.Measure([MetricNames.R2, MetricNames.Mae], 4, [1, 1], [1, 2], [], values);
        Assert.Equal([double.NaN, 0.5], values);
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([], []));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([1], [double.NaN]));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([double.NegativeInfinity], [1]));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([1], [1], [1, 1]));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([1], [1], [double.NaN]));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Measure([1], [1], [0]));
    }
}

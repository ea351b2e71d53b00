using System.Collections.Immutable;
using Xunit;

namespace Backprop.Tests;

public sealed class ClassificationMetricsTests
{
    static readonly string[] s_two = ["no", "yes"];
    static readonly string[] s_three = ["a", "b", "c"];

    public static TheoryData<string> GoldenNames() => [.. GoldenMetrics.Read().Classes.Select(static c => c.Name)];

    [Theory]
    [MemberData(nameof(GoldenNames))]
    public void Agrees_with_scikit_learn(string name)
    {
        GoldenMetrics.ClassCase golden = GoldenMetrics.Read().Classes.Single(c => c.Name == name);
        string[] names = [.. Enumerable.Range(0, golden.ClassCount).Select(static i => $"class {i}")];

        ClassificationMetrics metrics =
            ClassificationMetrics.Measure(names, golden.Classes, golden.Probabilities, golden.Weights);

        Assert.Equal(golden.Classes.Length, metrics.Rows);
        AssertClose(golden.Accuracy, metrics.Accuracy);
        AssertClose(golden.BalancedAccuracy, metrics.BalancedAccuracy);
        AssertClose(golden.MacroF1, metrics.MacroF1);
        AssertClose(golden.ClassCount == 2 ? golden.F1[1] : null, metrics.F1);
        AssertClose(golden.LogLoss, metrics.LogLoss);
        AssertClose(golden.Auc, metrics.Auc);
        AssertClose(golden.AveragePrecision, metrics.AveragePrecision);
        Assert.Equal(golden.Confusion, metrics.Confusion.SelectMany(static row => row));
        Assert.Equal(golden.Support, metrics.PerClass.Select(static c => c.Support));
        Assert.Equal(names, metrics.PerClass.Select(static c => c.Name), StringComparer.Ordinal);
        for (int i = 0; i < golden.ClassCount; i++)
        {
            AssertClose(golden.Precision[i], metrics.PerClass[i].Precision);
            AssertClose(golden.Recall[i], metrics.PerClass[i].Recall);
            AssertClose(golden.F1[i], metrics.PerClass[i].F1);
        }
    }

    [Fact]
    public void Counts_a_case_done_by_hand()
    {
        // Predicted: a, a, b, c, b; row 2 ties between b and c, where the first one wins.
        double[] probabilities = [0.5, 0.3, 0.2, 0.6, 0.2, 0.2, 0.2, 0.4, 0.4, 0.1, 0.4, 0.5, 0.25, 0.5, 0.25];
        ClassificationMetrics metrics =
            ClassificationMetrics.Measure(s_three, [0, 1, 2, 2, 1], probabilities, mostFrequentClass: 0);

        Assert.Equal(0.6, metrics.Accuracy);
        Assert.Equal(2.0 / 3, metrics.BalancedAccuracy, 1e-15);
        AssertClose(-(Math.Log(0.5) + Math.Log(0.2) + Math.Log(0.4) + Math.Log(0.5) + Math.Log(0.5)) / 5, metrics.LogLoss);
        Assert.Equal([1, 0, 0, 1, 1, 0, 0, 1, 1], metrics.Confusion.SelectMany(static row => row));
        Assert.Equal(new ClassScores("a", 0.5, 1, 2.0 / 3, 1), metrics.PerClass[0]);
        Assert.Equal(new ClassScores("b", 0.5, 0.5, 0.5, 2), metrics.PerClass[1]);
        Assert.Equal(new ClassScores("c", 1, 0.5, 2.0 / 3, 2), metrics.PerClass[2]);
        Assert.Equal(0.2, metrics.BaselineAccuracy);
        Assert.Null(metrics.Auc);
        Assert.Null(metrics.AveragePrecision);
    }

    [Fact]
    public void Ranks_every_pair_and_counts_ties_half()
    {
        int[] classes = [1, 0, 1, 0, 1, 0, 0];
        double[] scores = [0.9, 0.9, 0.5, 0.5, 0.5, 0.1, 0.7];
        (double wins, double pairs) = (0, 0);
        foreach (int p in Enumerable.Range(0, 7).Where(i => classes[i] == 1))
        {
            foreach (int n in Enumerable.Range(0, 7).Where(i => classes[i] == 0))
            {
                wins += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
                pairs++;
            }
        }

        ClassificationMetrics metrics = Two(classes, scores);
        Assert.Equal(wins / pairs, metrics.Auc);

        // At 0.9: 1 of 2 positive; at 0.7 recall stands still; at 0.5: 3 of 6.
        AssertClose((1.0 / 3 * (1.0 / 2)) + (2.0 / 3 * (3.0 / 6)), metrics.AveragePrecision);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, 1.0)]
    [InlineData(new[] { 0.9, 0.8, 0.2, 0.1 }, 0.0)]
    [InlineData(new[] { 0.4, 0.4, 0.4, 0.4 }, 0.5)]
    [InlineData(new[] { 0.0, 1.0, 1.0, 1.0 }, 0.75)]
    [InlineData(new[] { -0.0, 0.0, 0.0, 0.0 }, 0.5)]
    public void The_area_is_exact(double[] scores, double area) => Assert.Equal(area, Two([0, 0, 1, 1], scores).Auc);

    [Fact]
    public void The_positive_class_can_be_either()
    {
        double[] probabilities = [0.8, 0.2, 0.3, 0.7, 0.6, 0.4, 0.5, 0.5];
        int[] classes = [0, 0, 1, 1];
        ClassificationMetrics first = ClassificationMetrics.Measure(s_two, classes, probabilities, positiveClass: 0);
        ClassificationMetrics second = ClassificationMetrics.Measure(["yes", "no"], [1, 1, 0, 0], Swapped(probabilities));

        Assert.Equal(second.Auc, first.Auc);
        Assert.Equal(second.AveragePrecision, first.AveragePrecision);
        Assert.NotEqual(first.AveragePrecision, ClassificationMetrics.Measure(s_two, classes, probabilities).AveragePrecision);
    }

    [Fact]
    public void One_class_in_the_rows_leaves_the_area_undefined()
    {
        ClassificationMetrics negatives = Two([0, 0, 0], [0.1, 0.2, 0.6]);
        Assert.Null(negatives.Auc);
        Assert.Null(negatives.AveragePrecision);
        Assert.Equal(2.0 / 3, negatives.BalancedAccuracy);
        Assert.Equal(new ClassScores("yes", 0, 0, 0, 0), negatives.PerClass[1]);

        ClassificationMetrics positives = Two([1, 1, 1], [0.1, 0.2, 0.6]);
        Assert.Null(positives.Auc);
        Assert.Equal(1, positives.AveragePrecision);
    }

    [Fact]
    public void One_row_is_enough()
    {
        ClassificationMetrics metrics = Two([1], [0.25]);
        Assert.Equal((1L, 0.0, 0.0), (metrics.Rows, metrics.Accuracy, metrics.BalancedAccuracy));
        AssertClose(Math.Log(4), metrics.LogLoss);
    }

    [Fact]
    public void Certainty_costs_nothing_when_right_and_a_finite_amount_when_wrong()
    {
        Assert.Equal(0, Two([1, 0], [1, 0]).LogLoss);
        AssertClose(-Math.Log(1e-15), Two([1], [0]).LogLoss);
        Assert.Equal(0, Two([1], [1.0000000000000002]).LogLoss);
    }

    [Fact]
    public void Whole_weights_equal_repeated_rows()
    {
        ClassificationMetrics weighted = ClassificationMetrics.Measure(
            s_two, [0, 1, 1, 0], Pairs([0.3, 0.6, 0.4, 0.8]), [2, 1, 3, 0], mostFrequentClass: 1);
        ClassificationMetrics repeated = ClassificationMetrics.Measure(
            s_two, [0, 0, 1, 1, 1, 1], Pairs([0.3, 0.3, 0.6, 0.4, 0.4, 0.4]), mostFrequentClass: 1);

        Assert.Equal(repeated.Accuracy, weighted.Accuracy);
        Assert.Equal(repeated.BalancedAccuracy, weighted.BalancedAccuracy);
        Assert.Equal(repeated.BaselineAccuracy, weighted.BaselineAccuracy);
        AssertClose(repeated.LogLoss, weighted.LogLoss);
        Assert.Equal(repeated.PerClass.Select(static c => c.F1), weighted.PerClass.Select(static c => c.F1));
        Assert.Equal(repeated.MacroF1, weighted.MacroF1);
        Assert.Equal(repeated.F1, weighted.F1);
        Assert.Equal(repeated.Auc, weighted.Auc);
        Assert.Equal(repeated.AveragePrecision, weighted.AveragePrecision);
        Assert.Equal(repeated.Confusion.SelectMany(static row => row), weighted.Confusion.SelectMany(static row => row));
        Assert.Equal((4L, 2), (weighted.Rows, weighted.PerClass[0].Support));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_ranking_is_that_of_rows_repeated_as_often_as_they_weigh(int seed)
    {
        var random = new Random(seed);
        int[] classes = [.. Enumerable.Range(0, 60).Select(_ => random.Next(2))];
        double[] scores = [.. classes.Select(_ => random.Next(12) / 16.0)],
            weights = [.. classes.Select(_ => (double)random.Next(4))];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        ClassificationMetrics expected = Two([.. repeated.Select(row => classes[row])], [.. repeated.Select(row => scores[row])]);
        var weighted = ClassificationMetrics.Measure(s_two, classes, Pairs(scores), weights);
        AssertClose(expected.Auc, weighted.Auc);
        AssertClose(expected.AveragePrecision, weighted.AveragePrecision);
    }

    [Fact]
    public void Values_are_those_of_the_properties_in_a_fixed_order()
    {
        ClassificationMetrics metrics = Two([0, 1, 1], [0.3, 0.6, 0.4]);
        Assert.Equal(MetricNames.ForTwoClasses.Skip(1), metrics.Values.Select(static pair => pair.Key), StringComparer.Ordinal);
        Assert.All(metrics.Values, pair => Assert.Equal(metrics.Value(pair.Key), pair.Value));
        Assert.Equal(
            [
                metrics.Accuracy, metrics.BalancedAccuracy, metrics.MacroF1, metrics.LogLoss, metrics.F1, metrics.Auc,
                metrics.AveragePrecision,
            ],
            metrics.Values.Select(static pair => pair.Value));

        ClassificationMetrics plain = ClassificationMetrics.Measure(s_two, [0, 1], Pairs([0.3, 0.6]), withRanking: false);
        Assert.Equal(
            [.. MetricNames.ForClasses.Skip(1), MetricNames.F1],
            plain.Values.Select(static pair => pair.Key),
            StringComparer.Ordinal);
        Assert.Null(plain.Auc);
        Assert.Throws<ArgumentException>(() => metrics.Value("rmse"));
    }

    [Fact]
    public void A_tally_in_single_precision_can_be_used_again()
    {
        var tally = new ClassificationTally(s_two);
        double[] first = new double[3];
        double[] again = new double[3];
        ImmutableArray<string> names = [MetricNames.Auc, MetricNames.Loss, MetricNames.Accuracy];
        foreach (double[] values in (double[][])[first, again])
        {
            tally.Clear();
            tally.Add<float>([0.25f, 0.75f], 1);
            tally.Add<float>([0.5f, 0.5f], 0);
            tally.Add<float>([0.625f, 0.375f], 1);
            tally.Measure(names, 7.5, values);
        }

        Assert.Equal([0.5, 7.5, 2.0 / 3], first);
        Assert.Equal(first, again);
    }

    [Fact]
    public void A_probability_that_is_not_a_number_makes_an_epoch_unmeasurable()
    {
        var tally = new ClassificationTally(s_three);
        tally.Add<double>([0.1, 0.2, 0.7], 2);
        tally.Add<double>([0.1, 0.2, double.NaN], 1);
        double[] values = new double[2];
        tally.Measure([MetricNames.Loss, MetricNames.Accuracy], 3, values);

        Assert.Equal([3, double.NaN], values);
        Assert.Contains("row 1 ", Assert.Throws<ArgumentException>(() => tally.ToMetrics()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [], []));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [0, 1], [0.5, 0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [2], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [-1], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [0], [0.5, 0.5], [1, 1]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [0], [0.5, 0.5], [-1]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [0], [0.5, 0.5], [0]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [0], [0.5, 0.5], positiveClass: 2));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(s_two, [0], [0.5, 0.5], mostFrequentClass: 2));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Measure(["only"], [0], [1]));
    }

    static ClassificationMetrics Two(int[] classes, double[] scores) =>
        ClassificationMetrics.Measure(s_two, classes, Pairs(scores));

    static double[] Pairs(double[] scores) => [.. scores.SelectMany(static score => (double[])[1 - score, score])];

    static double[] Swapped(double[] pairs) => [.. pairs.Chunk(2).SelectMany(static pair => pair.Reverse())];

    /// <summary>Sums of some tens of terms differ by a few roundings in another order.</summary>
    static void AssertClose(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is double number)
            Assert.Equal(number, actual!.Value, 1e-14 * Math.Max(1, Math.Abs(number)));
    }
}

namespace Backprop.Cli.Tests;

public sealed class ProgressTextTests
{
    static readonly TrainingProgress s_numbers = new(120, 200, 0.1234567, "loss", 0.2345678, 118, 1_234_567.8, 12.2)
    {
        EpochsDone = 119,
        Rmse = 54_321.987,
        ValidationScore = 65_432.1,
    };

    static readonly TrainingProgress s_classes = new(3, 200, 0.1234567, "accuracy", 0.987654, 2, 9.87, 7000) { EpochsDone = 2 };

    [Theory]
    [InlineData(120, "epoch 120/200  RMSE 54,322  validation RMSE 65,432  best: epoch 118  1,234,568 rows/s  13 s left")]
    [InlineData(80, "epoch 120/200  RMSE 54,322  validation RMSE 65,432  best: epoch 118  13 s left")]
    [InlineData(60, "epoch 120/200  validation RMSE 65,432  13 s left")]
    [InlineData(30, "epoch 120/200  13 s left")]
    public void Numbers_are_in_the_unit_of_the_target_and_never_cut(int width, string expected)
    {
        Assert.Equal(expected, ProgressText.Fitting(s_numbers, width));
        Assert.True(expected.Length <= width);
    }

    [Fact]
    public void Classes_show_the_loss_and_the_metric_that_decides() => Assert.Equal(
        "epoch 3/200  loss 0.1235  validation accuracy 98.8 %  best: epoch 2  9.9 rows/s  1.9 h left",
        ProgressText.Whole(s_classes));

    [Fact]
    public void What_is_not_known_yet_is_not_said() => Assert.Equal(
        "epoch 1/5",
        ProgressText.Whole(new TrainingProgress(1, 5, double.NaN, "loss", double.NaN, 0, 0, double.PositiveInfinity)));

    [Theory]
    [InlineData(0, "")]
    [InlineData(double.NaN, "")]
    [InlineData(double.PositiveInfinity, "")]
    [InlineData(0.03, "0.03 rows/s")]
    [InlineData(0.4, "0.4 rows/s")]
    [InlineData(12.4, "12 rows/s")]
    [InlineData(12345, "12,345 rows/s")]
    public void A_rate_is_never_0(double rate, string expected) => Assert.Equal(expected, ProgressText.Rate(rate));

    [Theory]
    [InlineData("one two three", 7, "one two", "three")]
    [InlineData("one two three", 8, "one two", "three")]
    [InlineData("one", 2, "one")]
    [InlineData("  four five", 7, "  four", "five")]
    [InlineData("a,b,c,d", 4, "a,b,", "c,d")]
    [InlineData("one\ntwo three", 5, "one", "two", "three")]
    [InlineData("", 5, "")]
    public void Text_breaks_between_words(string text, int width, params string[] lines) =>
        Assert.Equal(lines, WordWrap.Lines(text, width));
}

using Xunit;

namespace Backprop.Tests;

/// <summary>Trainings by default are good ones: guards well below what was measured when they were written.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Iris_is_told_apart()
    {
        Table iris = Samples.Iris();
        double mean = Enumerable.Range(0, 10)
            .Average(seed => Model.Train(iris, "species", new TrainOptions { Test = 0.2, Seed = (ulong)seed }).Test!.Accuracy);

        // Measured: 0.9367, 281 of 300.
        Assert.True(mean >= 0.93, $"The mean accuracy on test rows is {mean}.");
    }

    [Fact]
    public void Penguins_are_told_apart()
    {
        Table penguins = Samples.Penguins();
        double mean = Enumerable.Range(0, 3)
            .Average(seed => Model.Train(
                penguins, "species", new TrainOptions { Test = 0.2, Seed = (ulong)seed, Epochs = 60 }).Test!.Accuracy);

        // Measured: 0.9855.
        Assert.True(mean >= 0.97, $"The mean accuracy on test rows is {mean}.");
    }

    [Fact]
    public void Diabetes_is_estimated_better_than_by_the_mean()
    {
        Table diabetes = Samples.Diabetes();
        TrainedModel[] trained = [.. Enumerable.Range(0, 5)
            .Select(seed => Model.Train(diabetes, "progression", new TrainOptions { Test = 0.2, Seed = (ulong)seed }))];
        double ratio = trained.Average(one => one.Test!.Rmse / one.Test.Numbers!.BaselineRmse!.Value);

        // Measured: 0.789 of the error of guessing the training rows' mean.
        Assert.True(ratio <= 0.85, $"The error is {ratio} of the baseline's.");
    }
}

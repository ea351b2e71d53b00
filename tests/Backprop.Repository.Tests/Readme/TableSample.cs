using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Code of the README: a table.</summary>
static class TableSample
{
    public static void Run()
    {
        // README: table
        Table table = Table.ReadCsv("samples/penguins.csv");
        var run = new RunOptions
        {
            Progress = at =>
            {
                if (at.Epoch == at.EpochsDone)
                    Console.WriteLine($"epoch {at.Epoch}: loss {at.Loss:f4}");
            },
        };
        TrainedModel trained = Model.Train(table, "species", new TrainOptions { Test = 0.2 }, run);
        Console.WriteLine($"{trained.Test!.Accuracy:p1} of the test rows are right");
        trained.Model.Save("penguins.onnx");

        Model model = Model.Load("penguins.onnx");
        Prediction prediction = model.Predict(new
        {
            island = "Biscoe",
            beak_length_mm = 47.5,
            beak_depth_mm = 15.0,
            flipper_length_mm = 217,
            body_mass_g = 4900,
            sex = "FEMALE",
        });
        Console.WriteLine($"{prediction.Label}, with probability {prediction.Probability:f3}");
        // README: end

        Assert.InRange(trained.Test.Accuracy, 0.9, 1);
        Assert.Equal(trained.Model.ModelHash, model.ModelHash);
        Assert.Equal("Gentoo", prediction.Label);
    }
}

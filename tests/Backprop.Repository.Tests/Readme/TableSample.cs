using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Code of the README: a table.</summary>
static class TableSample
{
    public static void Run(CancellationToken cancellation)
    {
        // README: table
        Table table = Table.ReadCsv("samples/penguins.csv");
        var run = new RunOptions
        {
            Progress = at => Console.WriteLine($"epoch {at.Epoch}: loss {at.Loss:f4}"),
            Cancellation = cancellation,
        };
        TrainedModel trained = Model.Train(table, "species", new TrainOptions { Test = 0.2 }, run);
        Console.WriteLine($"{trained.Test!.Accuracy:p1} of the test rows are right");
        trained.Model.Save("penguins.onnx");

        Model model = Model.Load("penguins.onnx");
        Predictions predictions = model.Predict(table);
        Console.WriteLine($"{predictions.Label(0)}, Adelie with probability {predictions.Probability(0, "Adelie"):f3}");
        // README: end

        Assert.InRange(trained.Test.Accuracy, 0.9, 1);
        Assert.Equal(trained.Model.ModelHash, model.ModelHash);
        Assert.Equal("Adelie", predictions.Label(0));
    }
}

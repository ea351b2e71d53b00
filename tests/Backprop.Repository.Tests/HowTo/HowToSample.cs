using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Code of docs/how-to.md, in a folder with the models that its commands made.</summary>
static class HowToSample
{
    // how-to: bird
    sealed record Bird(
        string Island,
        double BeakLengthMm,
        double? BeakDepthMm,
        [property: ColumnName("flipper_length_mm")] int Flipper,
        int BodyMassG,
        string Sex);
    // how-to: end

    public static void File()
    {
        // how-to: file
        Model model = Model.Load("flats.onnx");
        Table table = Table.ReadCsv("flats.csv", model.ToCsvOptions());
        foreach (string note in table.Notes)
            Console.WriteLine(note);

        Predictions predictions = model.Predict(table);
        foreach (UnseenCells cells in predictions.Unseen)
            Console.WriteLine(cells);
        Console.WriteLine(predictions.Number(0));
        // how-to: end

        Assert.Equal(44.5, table["area"].Number(0));
        Assert.Empty(predictions.Unseen);
        Assert.Equal(6, predictions.Count);
    }

    public static void Row()
    {
        // how-to: row
        Model penguins = Model.Load("penguins.onnx");
        Prediction prediction = penguins.Predict(new Bird("Biscoe", 47.5, null, 217, 4900, "FEMALE"));
        Console.WriteLine($"{prediction.Label}, with probability {prediction.Probability:f3}");

        Model strict = penguins.AsStrict();   // refuses what training never saw
        Console.WriteLine(strict.Predict(new List<Bird>()).Count);
        // how-to: end

        Assert.Equal("Gentoo", prediction.Label);
        Assert.Throws<BackpropException>(() => strict.Predict(new Bird("Skye", 47.5, 15, 217, 4900, "FEMALE")));
    }
}

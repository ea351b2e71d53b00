using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Code of the README: rows of a type of one's own.</summary>
static class RowsSample
{
    // README: rows type
    public sealed record Flat(double Area, int? Floor, string Quarter, bool Lift, double Rent);
    // README: end

    public static void Run()
    {
        List<Flat> flats =
        [
            .. from i in Enumerable.Range(0, 400)
               let area = 20 + i * 37 % 100
               let quarter = ((string[])["harbour", "hill", "old town"])[i % 3]
               select new Flat(area, i % 11 == 0 ? null : i % 6, quarter, i % 4 == 0, 12 * area + (i % 3) * 150),
        ];

        // README: rows
        TrainedModel trained = Model.Train(Table.From(flats), "Rent", new TrainOptions { Layers = [32], Seed = 7 });
        Console.WriteLine($"off by {trained.Validation!.Rmse:f0} on rows it did not learn from");
        double rent = trained.Model.Predict(new Flat(55, 2, "harbour", true, 0)).Number;
        // README: end

        Assert.InRange(trained.Validation.Rmse, 0, 40);
        Assert.InRange(rent, 600, 720);
    }
}

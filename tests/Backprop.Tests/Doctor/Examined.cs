using System.Globalization;
using Xunit;

namespace Backprop.Tests;

/// <summary>Tables made for the doctor to look at.</summary>
static class Examined
{
    /// <summary>The one warning of a table, which must be of a kind.</summary>
    public static DataWarning Only(Table table, string target, DataWarningKind kind)
    {
        DataWarning warning = Assert.Single(Model.Examine(table, [target]));
        Assert.Equal(kind, warning.Kind);
        return warning;
    }

    /// <summary>A number that has nothing to do with its row's others.</summary>
    public static double Random(int i) => new Random(i).NextDouble();

    public static string Noise(int i) => Random(i).ToString("F4", CultureInfo.InvariantCulture);

    public static Table Made(string header, Func<int, string> row, int rows = 200) => Tabular.Csv(
        header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\n")));
}

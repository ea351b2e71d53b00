using System.Reflection;

namespace Backprop.Cli;

/// <summary>The small tables that come with the command: <c>sample:iris</c>.</summary>
static class Samples
{
    const string Ending = ".csv";

    /// <summary>The names of the samples.</summary>
    public static IEnumerable<string> Names => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
        .Select(name => name[..^Ending.Length])
        .Order(StringComparer.Ordinal);

    /// <summary>Reads a sample.</summary>
    /// <exception cref="BackpropException">There is none of that name.</exception>
    public static Table Read(string name, CsvOptions options) => Read(name, options, _ => options);

    /// <summary>Reads a sample of whose columns nothing is wanted before their names are known.</summary>
    /// <exception cref="BackpropException">There is none of that name.</exception>
    public static Table Read(string name, CsvOptions options, Func<IReadOnlyList<string>, CsvOptions> choose)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + Ending)
            ?? throw new BackpropException($"There is no sample '{name}'; there are {string.Join(", ", Names)}.");
        return Table.ReadCsv(stream, $"sample:{name}", options, choose);
    }
}

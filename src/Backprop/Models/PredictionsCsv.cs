using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Backprop;

/// <summary>Predictions as CSV.</summary>
static class PredictionsCsv
{
    static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    public static void Write(Predictions predictions, TextWriter writer, Table table, IReadOnlyList<string> keep)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<KeyValuePair<string, string>> names = KeptNames.Of(keep, Header(predictions));
        Column[] kept = [.. names.Select(name => table[name.Key])];
        using var csv = new CsvWriter(writer, s_configuration, leaveOpen: true);
        foreach (string name in names.Select(name => name.Value).Concat(Header(predictions)))
            csv.WriteField(name);
        csv.NextRecord();
        for (int row = 0; row < predictions.Count; row++)
        {
            foreach (Column column in kept)
                csv.WriteField(column.Text(row));
            if (!predictions.Classes.IsEmpty)
                csv.WriteField(predictions.Label(row));
            foreach (double value in predictions.Row(row))
                csv.WriteField(predictions.Text(value));
            csv.NextRecord();
        }
    }

    /// <summary>The names of what is predicted.</summary>
    public static IEnumerable<string> Header(Predictions predictions) => predictions switch
    {
        { Classes.IsEmpty: false } => predictions.Classes.Select(name => $"probability_{name}").Prepend("prediction"),
        { Targets: [_] } => ["prediction"],
        _ => predictions.Targets.Select(target => $"prediction_{target}"),
    };
}

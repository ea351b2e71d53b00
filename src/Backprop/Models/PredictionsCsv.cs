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
        Column[] kept = [.. keep.Select(name => table[name])];
        using var csv = new CsvWriter(writer, s_configuration, leaveOpen: true);
        foreach (Column column in kept)
            csv.WriteField(column.Name);
        WriteHeader(predictions, csv);
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

    static void WriteHeader(Predictions predictions, CsvWriter csv)
    {
        if (!predictions.Classes.IsEmpty)
        {
            csv.WriteField("prediction");
            foreach (string name in predictions.Classes)
                csv.WriteField($"probability_{name}");
            return;
        }

        foreach (string target in predictions.Targets)
            csv.WriteField(predictions.Targets.Length == 1 ? "prediction" : $"prediction_{target}");
    }
}

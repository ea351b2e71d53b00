using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Backprop;

/// <summary>Writes records of trainings as <see cref="RecordJson"/> reads them.</summary>
static class RecordText
{
    public static string Of(TrainingRecord record) => JsonText.Of(default, record, Write);

    static void Write(Utf8JsonWriter writer, TrainingRecord record)
    {
        writer.WriteStartObject("inputs");
        Write(writer, "training", record.Inputs.Training);
        Write(writer, "validation", record.Inputs.Validation);
        Write(writer, "test", record.Inputs.Test);
        writer.WriteString("startFrom", record.Inputs.StartFrom);
        writer.WriteEndObject();
        writer.WriteNumber("steps", record.Steps);
        writer.WriteBoolean("interrupted", record.Interrupted);
        writer.WriteStartArray("trail");
        foreach ((long step, string hash) in record.Trail)
        {
            writer.WriteStartObject();
            writer.WriteNumber("step", step);
            writer.WriteString("parameterHash", hash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, "validation", record.Validation);
        Write(writer, "test", record.Test);
    }

    static void Write(Utf8JsonWriter writer, string name, TableHash? table)
    {
        if (table is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteNumber("rows", table.Rows);
        writer.WriteString("hash", table.Hash);
        writer.WriteStartObject("columns");
        foreach ((string column, string hash) in table.Columns)
            writer.WriteString(column, hash);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, string name, ImmutableSortedDictionary<string, double?>? metrics)
    {
        if (metrics is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        foreach ((string metric, double? value) in metrics)
        {
            if (value is { } number && !double.IsFinite(number))
                writer.WriteString(metric, number.ToString(CultureInfo.InvariantCulture));
            else
                writer.WriteOptional(metric, value);
        }

        writer.WriteEndObject();
    }
}

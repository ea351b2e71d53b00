using System.Collections.Immutable;
using System.Text.Json;
using Backprop.Engine;

namespace Backprop;

/// <summary>Writes a <see cref="ModelSchema"/> as <see cref="ModelSchemaJson"/> reads it.</summary>
static class ModelSchemaText
{
    public static string Of(ModelSchema schema) => JsonText.Of(new JsonWriterOptions { MaxDepth = 16 }, schema, Write);

    static void Write(Utf8JsonWriter writer, ModelSchema schema)
    {
        writer.WriteNumber("format", schema.Format);
        writer.WriteString("precision", schema.Precision);
        if (schema.Columns is { } columns)
            WriteColumns(writer, columns);
        else
            writer.WriteNull("columns");
        writer.WriteNumber("inputs", schema.Inputs);
        writer.WriteStartArray("layers");
        foreach (LayerSchema layer in schema.Layers)
            Write(writer, layer);
        writer.WriteEndArray();
        writer.WriteString("link", schema.Link);
        if (schema.Target is { } target)
            Write(writer, target);
        else
            writer.WriteNull("target");
    }

    static void WriteColumns(Utf8JsonWriter writer, ImmutableArray<ColumnSchema> columns)
    {
        writer.WriteStartArray("columns");
        foreach (ColumnSchema column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteStartArray("operations");
            foreach (EncoderOperation operation in column.Operations)
                Write(writer, operation);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, EncoderOperation operation)
    {
        writer.WriteStartObject();
        operation.Describe(writer);
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, LayerSchema layer)
    {
        writer.WriteStartObject();
        if (layer.Activations is { } activations)
            Write(writer, activations);
        if (layer.Bias is { } bias)
            writer.WriteBoolean("bias", bias);
        if (layer.Kind is { } kind)
            writer.WriteString("kind", kind);
        if (layer.Tables is { } tables)
            Write(writer, tables);
        foreach (string key in layer.Numbers?.Keys ?? Enumerable.Empty<string>())
            writer.WriteNumber(key, layer.Number(key));
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, ImmutableArray<ActivationSchema> activations)
    {
        writer.WriteStartArray("activations");
        foreach (ActivationSchema run in activations)
        {
            writer.WriteStartObject();
            writer.WriteString("name", run.Name);
            writer.WriteNumber("count", run.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, ImmutableArray<EmbedTable> tables)
    {
        writer.WriteStartArray("tables");
        foreach (EmbedTable table in tables)
        {
            writer.WriteStartObject();
            writer.WriteNumber("categories", table.Categories);
            writer.WriteNumber("width", table.Width);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void Write(Utf8JsonWriter writer, TargetSchema target)
    {
        writer.WriteStartObject("target");
        writer.WriteTexts("columns", target.Columns);
        if (target.Classes is { } classes)
            writer.WriteTexts("classes", classes);
        else
            writer.WriteNull("classes");
        Write(writer, "means", target.Means);
        Write(writer, "deviations", target.Deviations);
        if (target.InDouble)
            writer.WriteBoolean("inDouble", true);
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, string name, ImmutableArray<double>? numbers)
    {
        if (numbers is not { } values)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (double value in values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}

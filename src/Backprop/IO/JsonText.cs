using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Backprop;

/// <summary>
/// Writes JSON field by field. The serializer writes the same text, but sets up what it needs to know of every type
/// first, which takes longer than a small training.
/// </summary>
static class JsonText
{
    /// <summary>The text of one object.</summary>
    /// <param name="form">Its form.</param>
    /// <param name="value">What the object says.</param>
    /// <param name="fields">Writes the object's fields.</param>
    public static string Of<TValue>(JsonWriterOptions form, TValue value, Action<Utf8JsonWriter, TValue> fields)
        where TValue : class
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, form))
        {
            writer.WriteStartObject();
            fields(writer, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>A field that is a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    /// <summary>A field that is a number or null.</summary>
    public static void WriteOptional(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is double value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }
}

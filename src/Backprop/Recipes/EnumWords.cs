using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>A choice in a recipe as the command line writes it: <c>single</c>, <c>classify</c>, <c>yesno</c>.</summary>
sealed class EnumWords<T> : JsonConverter<T>
    where T : struct, Enum
{
    static readonly T[] s_values = Enum.GetValues<T>();
    static readonly string[] s_words = [.. s_values.Select(value => value.ToString().ToLowerInvariant())];

    /// <summary>The word for a choice.</summary>
    public static string Of(T value) => s_words[Array.IndexOf(s_values, value)];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        int index = reader.TokenType == JsonTokenType.String ? Array.IndexOf(s_words, reader.GetString()) : -1;
        return index >= 0 ? s_values[index] : throw new JsonException($"a value here is one of {string.Join(", ", s_words)}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Of(value));
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// A choice in a recipe as the command line writes it: <c>single</c>, <c>classify</c>, <c>yesno</c>. The words stand in model
/// files and are not the members' names: those may change, and the words may not.
/// </summary>
sealed class EnumWords<T> : JsonConverter<T>
    where T : struct, Enum
{
    static readonly T[] s_values = Enum.GetValues<T>();
    static readonly string[] s_words = Words();

    /// <summary>The word for a choice.</summary>
    public static string Of(T value) => s_words[Array.IndexOf(s_values, value)];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        int index = reader.TokenType == JsonTokenType.String ? Array.IndexOf(s_words, reader.GetString()) : -1;
        return index >= 0 ? s_values[index] : throw new JsonException($"a value here is one of {string.Join(", ", s_words)}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Of(value));

    /// <summary>The words in the order of the members' values.</summary>
    static string[] Words() => default(T) switch
    {
        Precision => ["single", "double"],
        TaskKind => ["classify", "regress"],
        ColumnKind => ["number", "category", "yesno", "text", "identifier"],
        EncodeKind => ["auto", "none"],
        MissingTarget => ["refuse", "drop"],
        Reduction => ["mean", "sum"],
        RowOrder => ["full", "striped"],
        _ => throw new NotSupportedException($"{typeof(T)} has no words."),
    };
}

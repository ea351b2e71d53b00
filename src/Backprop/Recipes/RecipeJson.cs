using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Engine;

namespace Backprop;

/// <summary>How recipes are written as JSON, made at build so that nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    IndentSize = 2,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(EnumWords<Precision>), typeof(EnumWords<TaskKind>), typeof(EnumWords<ColumnKind>), typeof(EnumWords<EncodeKind>),
        typeof(EnumWords<Reduction>),
    ],
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(Recipe))]
sealed partial class RecipeJson : JsonSerializerContext
{
    static readonly JsonWriterOptions s_form = new() { Indented = true, IndentSize = 2, NewLine = "\n", MaxDepth = 16 };

    /// <summary>
    /// The text of a recipe. What the build made to write one is called directly: the serializer would first set up what is
    /// needed to read one too, which takes longer than a small training.
    /// </summary>
    public static string Text(Recipe recipe)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, s_form))
            Default.RecipeSerializeHandler(writer, recipe);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

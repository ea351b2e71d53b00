using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>How a <see cref="ModelSchema"/> is written and read: camel case, every field required, none unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(ModelSchema))]
sealed partial class ModelSchemaJson : JsonSerializerContext
{
    /// <summary>The text of a schema, written without setting the serializer up, as <see cref="RecipeJson.Text"/> does.</summary>
    public static string Text(ModelSchema schema)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { MaxDepth = 16 }))
            Default.ModelSchemaSerializeHandler(writer, schema);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

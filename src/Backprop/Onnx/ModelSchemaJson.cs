using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>
/// How a <see cref="ModelSchema"/> is read: camel case, every field required, none unknown. <see cref="ModelSchemaText"/>
/// writes it.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ModelSchema))]
sealed partial class ModelSchemaJson : JsonSerializerContext;

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
sealed partial class ModelSchemaJson : JsonSerializerContext;

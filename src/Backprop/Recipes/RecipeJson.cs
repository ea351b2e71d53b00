using System.Text.Json.Serialization;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// How recipes are read from JSON, made at build so that nothing is looked up by reflection. <see cref="RecipeText"/>
/// writes them.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    IndentSize = 2,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(EnumWords<Precision>), typeof(EnumWords<TaskKind>), typeof(EnumWords<ColumnKind>), typeof(EnumWords<EncodeKind>),
        typeof(EnumWords<Reduction>), typeof(EnumWords<MissingTarget>), typeof(EnumWords<RowOrder>),
    ],
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Recipe))]
sealed partial class RecipeJson : JsonSerializerContext;

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>How records of trainings, and what a checkpoint has of them, are read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(InputHashes))]
[JsonSerializable(typeof(TrainingRecord))]
[JsonSerializable(typeof(ImmutableArray<StepHash>))]
sealed partial class RecordJson : JsonSerializerContext;

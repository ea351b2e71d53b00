using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>How a checkpoint's numbers are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(CheckpointPosition))]
[JsonSerializable(typeof(InputHashes))]
[JsonSerializable(typeof(TrainingRecord))]
[JsonSerializable(typeof(ImmutableArray<StepHash>))]
sealed partial class CheckpointJson : JsonSerializerContext;

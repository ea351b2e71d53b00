using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Everything that a model file says, in memory.</summary>
/// <typeparam name="T">The element type of the recipe.</typeparam>
/// <param name="Encoder">From columns to features; null for a network that takes features as they are.</param>
/// <param name="Target">What the outputs mean; null where they are given as they are.</param>
/// <param name="Parameters">The network and its numbers.</param>
/// <param name="Metadata">Recipe, hashes, metrics: texts by key, kept in the order of their keys. Keys beginning with
/// <c>backprop.</c> are the file's own.</param>
sealed record OnnxModel<T>(
    TableEncoder? Encoder,
    TargetDecoder? Target,
    Parameters<T> Parameters,
    ImmutableSortedDictionary<string, string> Metadata)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

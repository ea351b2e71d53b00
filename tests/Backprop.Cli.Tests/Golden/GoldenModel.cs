using System.Collections.Immutable;

namespace Backprop.Cli.Tests;

/// <summary>A model that a released numeric version trained, and what it was then.</summary>
sealed record GoldenModel
{
    /// <summary>The model's file, without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>DATA and the flags that <c>train</c> made it with, but for those that say where files go.</summary>
    public required string Train { get; init; }

    /// <summary>DATA and the flags that <c>predict</c> reads the rows with.</summary>
    public required string Predict { get; init; }

    /// <summary>Its parameter hash.</summary>
    public required string ParameterHash { get; init; }

    /// <summary>Its model hash.</summary>
    public required string ModelHash { get; init; }

    /// <summary>
    /// The lines that <c>predict</c> writes: each number is the shortest that reads back to the same bits in the model's
    /// precision.
    /// </summary>
    public required ImmutableArray<string> Predictions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

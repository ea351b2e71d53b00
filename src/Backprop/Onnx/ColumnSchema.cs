using System.Collections.Immutable;

namespace Backprop;

/// <summary>A column in a <see cref="ModelSchema"/>.</summary>
/// <param name="Name">The column.</param>
/// <param name="Operations">Its encoding.</param>
sealed record ColumnSchema(string Name, ImmutableArray<EncoderOperation> Operations);

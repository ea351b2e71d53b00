using System.Collections.Immutable;

namespace Backprop;

/// <summary>What fitting a <see cref="TableEncoder"/> gave.</summary>
/// <param name="Encoder">The encoder.</param>
/// <param name="LeftOut">The columns that no feature was made of, with the reasons.</param>
readonly record struct TableEncoderFit(TableEncoder Encoder, ImmutableArray<LeftOutColumn> LeftOut);

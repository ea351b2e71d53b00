using System.Collections.Immutable;

namespace Backprop;

/// <summary>The letters of a <see cref="LayerFormula"/>, with the layer's number on them.</summary>
/// <param name="In">What flows in.</param>
/// <param name="Error">∂e by what flows out.</param>
/// <param name="Tensors">The layer's tensors, in their order.</param>
readonly record struct LayerSymbols(string In, string Error, ImmutableArray<string> Tensors);

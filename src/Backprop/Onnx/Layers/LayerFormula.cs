using System.Collections.Immutable;

namespace Backprop;

/// <summary>
/// What a layer does, as people read it: LaTeX in the small vocabulary that explanations turn into plain text, and that tests
/// evaluate against the numbers.
/// </summary>
/// <param name="Value">What flows out.</param>
/// <param name="Back">∂e/∂X of the layer before.</param>
/// <param name="Gradients">What a row adds to ∂e by each of the layer's tensors, in their order.</param>
readonly record struct LayerFormula(string Value, string Back, params ImmutableArray<string> Gradients);

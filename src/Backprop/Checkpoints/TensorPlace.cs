using System.Collections.Immutable;

namespace Backprop;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Start">Where its bytes begin, from the first byte after the header.</param>
/// <param name="End">Where they end.</param>
readonly record struct TensorPlace(TensorType Type, ImmutableArray<long> Shape, long Start, long End);

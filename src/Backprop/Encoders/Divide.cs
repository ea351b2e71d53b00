namespace Backprop;

/// <summary>x / <paramref name="Value"/>.</summary>
/// <param name="Value">The divisor, not 0.</param>
sealed record Divide(double Value) : EncoderOperation;

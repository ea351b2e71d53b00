namespace Backprop;

/// <summary>x − <paramref name="Value"/>.</summary>
/// <param name="Value">What is taken away.</param>
sealed record Subtract(double Value) : EncoderOperation;

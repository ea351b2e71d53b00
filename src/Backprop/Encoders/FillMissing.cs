namespace Backprop;

/// <summary>A missing number becomes <paramref name="Value"/>.</summary>
/// <param name="Value">What stands for a missing number.</param>
sealed record FillMissing(double Value) : EncoderOperation;

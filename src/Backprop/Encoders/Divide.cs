namespace Backprop;

/// <summary>x / <paramref name="Value"/>.</summary>
/// <param name="Value">The divisor, not 0.</param>
sealed record Divide(double Value) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "Divide";
}

namespace Backprop;

/// <summary>x − <paramref name="Value"/>.</summary>
/// <param name="Value">What is taken away.</param>
sealed record Subtract(double Value) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "Subtract";
}

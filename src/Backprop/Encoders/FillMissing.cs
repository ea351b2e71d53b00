namespace Backprop;

/// <summary>A missing number becomes <paramref name="Value"/>.</summary>
/// <param name="Value">What stands for a missing number.</param>
sealed record FillMissing(double Value) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "FillMissing";
}

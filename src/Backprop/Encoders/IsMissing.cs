namespace Backprop;

/// <summary>
/// The number becomes 1 where it is missing, else 0: all that can be learnt from a column that has one value or none.
/// </summary>
sealed record IsMissing : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "IsMissing";
}

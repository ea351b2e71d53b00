namespace Backprop;

/// <summary>Appends a feature after the number's own: 1 where the number is missing (NaN) at this point, else 0.</summary>
sealed record MissingIndicator : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "MissingIndicator";
}

namespace Backprop;

/// <summary>Index to features: 1 at the index, 0 elsewhere, all 0 for an index of <paramref name="Depth"/> or more.</summary>
/// <param name="Depth">The number of features.</param>
sealed record OneHot(int Depth) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "OneHot";
}

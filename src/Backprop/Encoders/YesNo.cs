using System.Collections.Immutable;

namespace Backprop;

/// <summary>
/// Text to number: 0 for every spelling of no, 1 for every spelling of yes, and a missing number (NaN) for a missing or
/// unknown text; the operations that follow have an answer to that.
/// </summary>
/// <param name="No">The texts for 0.</param>
/// <param name="Yes">The texts for 1.</param>
sealed record YesNo(ImmutableArray<string> No, ImmutableArray<string> Yes) : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "YesNo";
}

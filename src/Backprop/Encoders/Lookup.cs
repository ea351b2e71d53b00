using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>
/// Text to index: the position in <paramref name="Values"/>; for a missing cell their number where
/// <paramref name="MissingHasIndex"/>; otherwise, and for every unknown text, the first index past the features,
/// which <see cref="OneHot"/> turns into zeros (never a negative one: ONNX counts those from the end).
/// </summary>
/// <param name="Values">The texts seen in training, in ordinal order.</param>
/// <param name="MissingTokens">The texts that mean missing where the model is given raw text, as it is from ONNX.</param>
/// <param name="MissingHasIndex">Whether missing cells were seen in training and have a feature of their own.</param>
sealed record Lookup(ImmutableArray<string> Values, ImmutableArray<string> MissingTokens, bool MissingHasIndex)
    : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "Lookup";

    /// <summary>The number of indices that have a feature.</summary>
    [JsonIgnore]
    public int Depth => Values.Length + (MissingHasIndex ? 1 : 0);

    /// <summary>The index of every text that is not in <see cref="Values"/> and does not mean missing.</summary>
    [JsonIgnore]
    public int Unknown => Depth;

    /// <summary>The index of a missing cell.</summary>
    [JsonIgnore]
    public int Missing => Values.Length;
}

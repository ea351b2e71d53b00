using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backprop;

/// <summary>
/// Text to index: the position in <paramref name="Values"/>; for a missing cell their number where
/// <paramref name="MissingHasIndex"/>; otherwise, and for every unknown text, the first index past the features,
/// which <see cref="OneHot"/> turns into zeros (never a negative one: ONNX counts those from the end). Where nothing follows, the
/// index is the column's code.
/// </summary>
/// <param name="Values">The texts seen in training, in ordinal order.</param>
/// <param name="MissingTokens">The texts that mean missing where the model is given raw text, as it is from ONNX.</param>
/// <param name="MissingHasIndex">Whether missing cells were seen in training and have a feature of their own.</param>
sealed record Lookup(ImmutableArray<string> Values, ImmutableArray<string> MissingTokens, bool MissingHasIndex)
    : EncoderOperation
{
    /// <summary>What stands for the operation in hashes.</summary>
    public const string Tag = "Lookup";

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "lookup";

    /// <summary>The number of indices that have a feature.</summary>
    [JsonIgnore]
    public int Depth => Values.Length + (MissingHasIndex ? 1 : 0);

    /// <summary>The number of all indices, that of unknown texts included: the rows of an embedding's table.</summary>
    [JsonIgnore]
    public int Categories => Depth + 1;

    /// <summary>The index of every text that is not in <see cref="Values"/> and does not mean missing.</summary>
    [JsonIgnore]
    public int Unknown => Depth;

    /// <summary>The index of a missing cell.</summary>
    [JsonIgnore]
    public int Missing => Values.Length;

    internal override ImmutableArray<string>? Texts => Values;

    /// <summary>The index of each text.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="places">The place of each text of <see cref="Values"/>.</param>
    public int[] IndicesOf(IReadOnlyList<string> texts, Dictionary<string, int> places) =>
        [.. texts.Select(text => places.GetValueOrDefault(text, Unknown))];

    internal override void Export(ColumnGraph column)
    {
        IEnumerable<long> indices = Enumerable.Range(0, Values.Length).Select(i => (long)i)
            .Concat(MissingTokens.Select(_ => (long)Missing));
        column.X = column.Graph.Node(
            "LabelEncoder",
            [column.X],
            GraphBuilder.Setting("keys_strings", Values.Concat(MissingTokens)),
            GraphBuilder.Setting("values_int64s", indices),
            GraphBuilder.Setting("default_int64", (long)Unknown));
    }

    internal override void Describe(Utf8JsonWriter writer)
    {
        writer.WriteString(Discriminator, Word);
        writer.WriteTexts("values", Values);
        writer.WriteTexts("missingTokens", MissingTokens);
        writer.WriteBoolean("missingHasIndex", MissingHasIndex);
    }

    internal override void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Tag);
        HashText.Append(hash, Values);
        HashText.Append(hash, MissingHasIndex ? 1 : 0);
    }
}

using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

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

    /// <summary>Its name in descriptions.</summary>
    public const string Word = "yesNo";

    internal override ImmutableArray<string>? Texts => [.. No, .. Yes];

    /// <summary>What each text is: 0 for no, 1 for yes, NaN for any other.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="places">The place of each text that is known among <see cref="Texts"/>.</param>
    public T[] NumbersOf<T>(IReadOnlyList<string> texts, Dictionary<string, int> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            [.. texts.Select(text => !places.TryGetValue(text, out int place) ? T.NaN : place < No.Length ? T.Zero : T.One)];

    /// <summary>The numbers were made while loading.</summary>
    internal override void Apply<T>(Span<T> x, Span<T> indicators)
    {
    }

    internal override void Export(ColumnGraph column) => column.X = column.ToNumber(column.Graph.Node(
        "LabelEncoder",
        [column.X],
        GraphBuilder.Setting("keys_strings", No.Concat(Yes)),
        GraphBuilder.Setting("values_floats", No.Select(_ => 0f).Concat(Yes.Select(_ => 1f))),
        GraphBuilder.Setting("default_float", float.NaN)));

    internal override void Describe(Utf8JsonWriter writer)
    {
        writer.WriteString(Discriminator, Word);
        writer.WriteTexts("no", No);
        writer.WriteTexts("yes", Yes);
    }

    internal override void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Tag);
        HashText.Append(hash, No);
        HashText.Append(hash, Yes);
    }
}

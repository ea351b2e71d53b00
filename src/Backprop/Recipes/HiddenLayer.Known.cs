using Backprop.Engine;

namespace Backprop;

sealed partial record HiddenLayer
{
    /// <summary>The layers that go by a name. Embeddings stand by themselves: their tables follow from the categories.</summary>
    public static Family<HiddenLayer> Family { get; } = new(
        "layer",
        [
            .. Said.Select(kind => (kind.Name, Reader(kind))),
            (EmbedSpec.Name, static said => new HiddenLayer { Embed = EmbedSpec.Of(said) }),
        ],
        [
            .. Said.SelectMany(kind => kind.Synonyms.Select(word => (word, kind.Name))),
            ("embedding", EmbedSpec.Name), ("embeddings", EmbedSpec.Name),
        ],
        [.. LayerKinds.All.SelectMany(kind => kind.Refused), ("none", "it stands alone, for no hidden layer.")]);

    /// <summary>How each is written with its usual numbers, or with P for one that has none: <c>dropout:rate=P</c>.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Said.Select(kind => kind.Form), EmbedSpec.Name];

    static IEnumerable<LayerKind> Said => LayerKinds.All.Where(kind => kind.IsSaid);

    static Func<Specification, HiddenLayer> Reader(LayerKind kind) => said => Of(kind.Make(said));
}

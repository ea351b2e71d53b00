using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>The kinds of layers: the library's one list of them. What runs in them the engine lists (LayerFlow.Of).</summary>
static class LayerKinds
{
    /// <summary>All kinds, those that are said by a name in the order in which people are shown them.</summary>
    public static ImmutableArray<LayerKind> All { get; } =
    [
        new DenseExport(),
        new BatchNormExport(),
        new LayerNormExport(),
        new DropoutExport(),
        new ScaleExport(),
        new EmbedExport(),
        new SoftmaxExport(),
    ];

    /// <summary>The kind of a layer.</summary>
    public static LayerKind Of(Layer layer) => All.FirstOrDefault(kind => kind.Is(layer))
        ?? throw new NotSupportedException($"The kind of {layer} is not listed.");

    /// <summary>The layer that a model file describes.</summary>
    /// <param name="schema">The description.</param>
    /// <param name="own">Activations of the caller's own, by name before the built-in ones.</param>
    /// <exception cref="ArgumentException">It is no layer, or an activation is unknown.</exception>
    /// <exception cref="BackpropException">Its kind is unknown, or something of it is not said.</exception>
    public static Layer Read(LayerSchema schema, ReadOnlySpan<Activation> own)
    {
        foreach (LayerKind kind in All)
        {
            if (kind.IsDescribed && kind.DescribedAs == schema.Kind)
                return kind.Read(schema, own);
        }

        throw new BackpropException($"The layer kind '{schema.Kind}' is unknown.");
    }

    /// <summary>Whether the description of some kind has a number of a key.</summary>
    public static bool HasSetting(string key) =>
        All.Any(kind => kind.IsDescribed && kind.Settings.Any(setting => setting.Key == key));
}

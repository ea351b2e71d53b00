using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>The same for the layers of one type.</summary>
/// <param name="name">The kind's name.</param>
/// <param name="settings">The numbers that it is said by, in their order.</param>
abstract class LayerKindOf<TLayer>(string name, params ImmutableArray<LayerSetting> settings) : LayerKind(name, settings)
    where TLayer : Layer
{
    public sealed override bool Is(Layer layer) => layer is TLayer;

    public sealed override LayerSchema Describe(Layer layer) => Describe((TLayer)layer);

    public sealed override string Write(LayerNumbers numbers, Layer layer, string x) => Write(numbers, (TLayer)layer, x);

    public sealed override LayerFormula? Formula(Layer layer, LayerSymbols symbols) => Formula((TLayer)layer, symbols);

    /// <summary>Writes a layer into a graph, as <see cref="LayerKind.Write"/>.</summary>
    protected abstract string Write(LayerNumbers numbers, TLayer layer, string x);

    /// <summary>The formula of a layer.</summary>
    protected virtual LayerFormula? Formula(TLayer layer, LayerSymbols symbols) => null;

    /// <summary>A layer's numbers, in the order of the settings.</summary>
    protected virtual double[] Numbers(TLayer layer) => [];

    /// <summary>A layer as a model file describes it.</summary>
    protected virtual LayerSchema Describe(TLayer layer) =>
        LayerSchema.Of(Name, Settings.Zip(Numbers(layer), (setting, number) => (setting.Key, number)));
}

using System.Collections.Immutable;

namespace Backprop.Engine.Tests;

/// <summary>Networks of dense layers, as most tests have them.</summary>
static class DenseNetworks
{
    /// <summary>The layers, with softmax behind them where it is wanted.</summary>
    public static Network Of(int inputs, IEnumerable<Layer> layers, bool softmax) =>
        new(inputs, softmax ? layers.Append(new Softmax()) : layers);

    /// <summary>The layers with the same dropout behind each but the last.</summary>
    public static IEnumerable<Layer> Dropping(double rate, params Layer[] layers) =>
        [.. layers[..^1].SelectMany(layer => (Layer[])[layer, new Dropout(rate)]), layers[^1]];

    /// <summary>The dense layers of a network, in order.</summary>
    public static ImmutableArray<Dense> DenseLayers(this Network network) => [.. network.Layers.OfType<Dense>()];
}

using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>The engine's networks as the documents have them: dense layers, and softmax behind them or not.</summary>
static class DenseNetworks
{
    /// <summary>The layers, with softmax behind them where it is wanted.</summary>
    public static Network Of(int inputs, IEnumerable<Layer> layers, bool softmax) =>
        new(inputs, softmax ? layers.Append(new Softmax()) : layers);

    /// <summary>The dense layers of a network, in order.</summary>
    public static ImmutableArray<Dense> DenseLayers(this Network network) => [.. network.Layers.OfType<Dense>()];
}

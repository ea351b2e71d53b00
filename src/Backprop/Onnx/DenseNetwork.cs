using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>A dense network read from an ONNX file made elsewhere: a starting point for training.</summary>
/// <param name="Layers">The layers in the order of the value flow; there is at least one.</param>
/// <param name="Link">Whether a softmax follows the last layer.</param>
sealed record DenseNetwork(ImmutableArray<DenseLayer> Layers, OutputLink Link)
{
    /// <summary>The network's shape.</summary>
    public Network ToNetwork() => throw new NotSupportedException();

    /// <summary>The network's numbers, rounded to T.</summary>
    public Parameters<T> ToParameters<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

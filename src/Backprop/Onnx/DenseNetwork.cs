using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>A dense network read from an ONNX file made elsewhere: a starting point for training.</summary>
/// <param name="Source">What messages call the file.</param>
/// <param name="Layers">The layers in the order of the value flow; there is at least one.</param>
/// <param name="HasSoftmax">Whether a softmax follows the last layer.</param>
sealed record DenseNetwork(string Source, ImmutableArray<DenseLayer> Layers, bool HasSoftmax)
{
    /// <summary>The network's shape.</summary>
    public Network ToNetwork() => new(
        Layers[0].Inputs,
        [.. Layers.Select(layer => new Dense(layer.Outputs, layer.Activation, layer.Bias is not null)), .. Softmax]);

    IEnumerable<Layer> Softmax => HasSoftmax ? [new Softmax()] : [];

    /// <summary>The network's numbers, rounded to T.</summary>
    /// <exception cref="BackpropException">A number is too large for T.</exception>
    public Parameters<T> ToParameters<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(ToNetwork());
        for (int k = 0; k < Layers.Length; k++)
        {
            for (int row = 0; row < Layers[k].Inputs; row++)
                Copy(Layers[k].Weights.AsSpan(row * Layers[k].Outputs, Layers[k].Outputs), parameters.Weights[k][row]);
            if (parameters.Biases[k] is { } bias)
                Copy(Layers[k].Bias, bias[0]);
        }

        return parameters;
    }

    void Copy<T>(ReadOnlySpan<double> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = Element.Of<T>(source[i]);
            if (!T.IsFinite(destination[i]))
            {
                throw new BackpropException(
                    $"'{Source}' has a weight or bias that is too large for {Element.Name<T>()} precision.");
            }
        }
    }
}

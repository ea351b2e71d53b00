using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// What is drawn, without its numbers: they follow from <see cref="Seed"/>, so that a network that fails can shrink to a
/// smaller one and still be made again.
/// </summary>
sealed record Shape(
    int Inputs, ImmutableArray<DrawnLayer> Layers, bool HasSoftmax, Loss Loss, Reduction Reduction, int Rows, bool Weighted,
    int Seed)
{
    public Network Network => DenseNetworks.Of(Inputs, Layers.Select(layer => layer.Engine), HasSoftmax);

    /// <summary>
    /// A layer without biases can move its total inputs away from a kink only by a weight, so the neuron that this weight
    /// comes from must never be 0: it becomes logistic (with its whole layer, where a layer has one activation only).
    /// </summary>
    public Shape WithAnchors(bool onePerLayer)
    {
        DrawnLayer[] layers = [.. Layers];
        for (int k = layers.Length - 1; k > 0; k--)
        {
            if (layers[k].HasBias || layers[k].Neurons.All(neuron => Kinks.Of(neuron).Length == 0))
                continue;

            ImmutableArray<Activation> before = layers[k - 1].Neurons;
            layers[k - 1] = layers[k - 1] with
            {
                Neurons = onePerLayer ? [.. before.Select(_ => Activation.Logistic)] : before.SetItem(0, Activation.Logistic),
            };
        }

        return this with { Layers = [.. layers] };
    }

    /// <summary>Smaller ones, to look for the smallest that fails.</summary>
    public IEnumerable<Shape> Smaller()
    {
        if (Rows > 1)
            yield return this with { Rows = 1 };
        if (Weighted)
            yield return this with { Weighted = false };
        for (int k = 0; k < Layers.Length - 1; k++)
            yield return this with { Layers = Layers.RemoveAt(k) };
        for (int k = 0; k < Layers.Length - 1; k++)
        {
            if (Layers[k].Neurons.Length > 1)
                yield return this with { Layers = Layers.SetItem(k, Layers[k] with { Neurons = Layers[k].Neurons[..1] }) };
        }

        if (Inputs > 1)
            yield return this with { Inputs = 1 };
    }

    /// <summary>On one line.</summary>
    public override string ToString() =>
        $"{Network}, {Loss} ({Reduction}), {Rows} rows{(Weighted ? " with weights" : "")}, numbers of seed {Seed}";
}

using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>A layer that was drawn, with an activation for each neuron.</summary>
readonly record struct DrawnLayer(ImmutableArray<Activation> Neurons, bool HasBias)
{
    public Dense Engine => new(Neurons.Select(neuron => new ActivationRun(neuron, 1)), HasBias);
}

namespace Backprop.Textbook.Tests;

/// <summary>A layer of a <see cref="TorchNetwork"/>: an activation for each neuron.</summary>
sealed record TorchLayer(string[] Activations, bool Bias);

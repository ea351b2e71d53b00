namespace Backprop.Engine;

/// <summary>Neurons side by side that share one activation.</summary>
/// <param name="Activation">Their activation.</param>
/// <param name="Count">How many neurons, 1 or more.</param>
public readonly record struct ActivationRun(Activation Activation, int Count);

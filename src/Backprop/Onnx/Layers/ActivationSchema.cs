namespace Backprop;

/// <summary>Neurons side by side that share an activation, in a <see cref="ModelSchema"/>.</summary>
/// <param name="Name">The activation's name with its parameters.</param>
/// <param name="Count">How many neurons.</param>
sealed record ActivationSchema(string Name, int Count);

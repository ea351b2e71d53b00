namespace Backprop.Engine.Tests;

/// <summary>
/// A result of a <see cref="TorchLayersCase"/>, and how near another must come, as tests/golden/torch_layers.py says.
/// </summary>
/// <param name="Values">The numbers, row after row.</param>
/// <param name="Terms">The largest of their sums of absolute terms.</param>
/// <param name="Moved">What roundings of the values before them can make of them.</param>
sealed record TorchNumbers(double[] Values, double Terms, double Moved)
{
    /// <summary>1e-12 of the terms.</summary>
    public double OfTerms => 1e-12 * Terms;

    /// <summary>The largest difference.</summary>
    public double Bound => OfTerms + Moved;
}

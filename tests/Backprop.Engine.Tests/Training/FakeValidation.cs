using System.Collections.Immutable;

namespace Backprop.Engine.Tests;

/// <summary>A validation whose values are made up, one for each epoch; it keeps each epoch's parameter hash.</summary>
sealed class FakeValidation(bool higherIsBetter, params double[] values) : IValidation<double>
{
    public List<string> Hashes { get; } = [];

    public ImmutableArray<string> Metrics { get; } = ["other", "watched"];

    public int Watched => 1;

    public bool HigherIsBetter => higherIsBetter;

    public void Measure(Parameters<double> parameters, Span<double> measured)
    {
        (measured[0], measured[1]) = (-Hashes.Count, values[Hashes.Count]);
        Hashes.Add(parameters.Hash());
    }
}

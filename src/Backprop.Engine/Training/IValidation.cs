using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>What is measured on other rows after each epoch, and which of it decides on stopping.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IValidation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The names of the metrics, in the order of their values.</summary>
    ImmutableArray<string> Metrics { get; }

    /// <summary>The index of the metric that decides which epoch is best.</summary>
    int Watched { get; }

    /// <summary>Whether more of the watched metric is better.</summary>
    bool HigherIsBetter { get; }

    /// <summary>Measures the parameters of this epoch.</summary>
    /// <param name="parameters">The parameters; not to be changed or kept.</param>
    /// <param name="values">Receives one value for each metric.</param>
    void Measure(Parameters<T> parameters, Span<double> values);
}

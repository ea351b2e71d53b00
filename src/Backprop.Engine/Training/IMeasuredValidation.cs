using System.Numerics;

namespace Backprop.Engine;

/// <summary>A validation that an engine can take through the network, wherever its parameters are.</summary>
/// <typeparam name="T">The element type.</typeparam>
interface IMeasuredValidation<T> : IValidation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Measures the rows by the engine that trains.</summary>
    /// <param name="engine">Takes rows through the value flow and the loss.</param>
    /// <param name="values">Receives the metrics, in the order of <see cref="IValidation{T}.Metrics"/>.</param>
    void Measure(IEngine<T> engine, Span<double> values);
}

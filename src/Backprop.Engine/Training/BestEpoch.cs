using System.Numerics;

namespace Backprop.Engine;

/// <summary>The parameters of the epoch whose watched metric is the best so far; among equals the first.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BestEpoch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Network _network;
    Parameters<T>? _parameters;

    internal BestEpoch(Network network) => _network = network;

    /// <summary>The epoch, counted from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>The watched metric after that epoch; NaN before the first.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The parameters after that epoch; null before the first.</summary>
    public Parameters<T>? Parameters => Epoch > 0 ? _parameters : null;

    /// <summary>Takes an epoch in; true where it is the best so far.</summary>
    internal bool Offer(int epoch, double value, bool higherIsBetter, Parameters<T> parameters)
    {
        bool isBetter = Epoch == 0 || (double.IsNaN(Value) && !double.IsNaN(value))
            || (higherIsBetter ? value > Value : value < Value);
        if (isBetter)
            Set(epoch, value, parameters);
        return isBetter;
    }

    /// <summary>Takes an epoch for the best.</summary>
    internal void Set(int epoch, double value, Parameters<T> parameters)
    {
        _parameters ??= new Parameters<T>(_network);
        _parameters.CopyFrom(parameters);
        (Epoch, Value) = (epoch, value);
    }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>The parameters of the epoch whose watched metric is the best so far; among equals the first.</summary>
sealed class BestEpoch<T>(Network network, bool higherIsBetter)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Parameters<T> Parameters { get; } = new(network);

    /// <summary>The epoch, counted from 1; 0 before the first.</summary>
    public int Epoch { get; private set; }

    public double Value { get; private set; } = double.NaN;

    /// <summary>Takes an epoch in; true where it is the best so far.</summary>
    public bool Offer(int epoch, double value, Parameters<T> parameters)
    {
        bool isBetter = Epoch == 0 || (double.IsNaN(Value) && !double.IsNaN(value))
            || (higherIsBetter ? value > Value : value < Value);
        if (isBetter)
        {
            (Epoch, Value) = (epoch, value);
            Parameters.CopyFrom(parameters);
        }

        return isBetter;
    }
}

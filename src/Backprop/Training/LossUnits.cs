using Backprop.Engine;

namespace Backprop;

/// <summary>
/// What a mean loss of rows is in the unit of the target, where that can be said: the root of the mean of (x − t)².
/// </summary>
static class LossUnits
{
    /// <summary>The RMSE that a mean loss is; NaN for other losses than squares, for classes, and for several targets.</summary>
    /// <param name="target">What the outputs mean.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="mean">Its mean over rows.</param>
    public static double Rmse(TargetDecoder target, Loss loss, double mean) =>
        target is not NumberTarget { Columns.Length: 1 } numbers
            ? double.NaN
            : loss.Equals(Loss.Squared) ? numbers.Deviations[0] * Math.Sqrt(mean)
            : loss.Equals(Loss.HalfSquared) ? numbers.Deviations[0] * Math.Sqrt(2 * mean)
            : double.NaN;
}

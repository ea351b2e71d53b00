using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Softmax cross-entropy against class indices where rows are lanes: U [classes, rows]. What is done in each row is that
/// of <see cref="SoftmaxCrossEntropyLanes{T, V}"/>, and so are the bits; here no lane is padding.
/// </summary>
abstract class TurnedCrossEntropy<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TurnedCrossEntropy<T> For(LaneWidth width, double smoothing) => width switch
    {
        LaneWidth.Bits512 => new TurnedCrossEntropyLanes<T, Lanes512<T>>(smoothing),
        LaneWidth.Bits256 => new TurnedCrossEntropyLanes<T, Lanes256<T>>(smoothing),
        LaneWidth.Bits128 => new TurnedCrossEntropyLanes<T, Lanes128<T>>(smoothing),
        _ => new TurnedCrossEntropyLanes<T, Lane1<T>>(smoothing),
    };

    /// <summary>The loss of each row and its derivative.</summary>
    /// <param name="u">[classes or more, rows].</param>
    /// <param name="classes">How many classes, at most 32.</param>
    /// <param name="targets">The class of each row, as a number of the element type.</param>
    /// <param name="factors">What each row's derivative is multiplied by.</param>
    /// <param name="losses">Receives each row's loss, without its factor.</param>
    /// <param name="delta">[classes or more, rows], overwritten.</param>
    /// <param name="count">How many rows; up to a whole vector more are computed from whatever is there.</param>
    public abstract void Evaluate(
        Matrix<T> u, int classes, T[] targets, T[] factors, T[] losses, Matrix<T> delta, int count);
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// A small product C = (0 or C) + A·B whose shape and steps stay the same from run to run: which tiles it takes is found
/// once, so that a run is nothing but the tiles.
/// </summary>
abstract class TilePlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A plan at one vector width.</summary>
    /// <param name="width">The vectors.</param>
    /// <param name="rows">The rows of A and C.</param>
    /// <param name="columns">The columns of B and C.</param>
    /// <param name="a">A's steps in elements, from row to row and from one inner index to the next.</param>
    /// <param name="strideOfB">From one inner index to the next.</param>
    /// <param name="strideOfC">From one row of C to the next.</param>
    public static TilePlan<T> For(
        LaneWidth width, int rows, int columns, (int Row, int Inner) a, int strideOfB, int strideOfC) => width switch
        {
            LaneWidth.Bits512 => new TilePlanLanes<T, Lanes512<T>>(rows, columns, a, strideOfB, strideOfC),
            LaneWidth.Bits256 => new TilePlanLanes<T, Lanes256<T>>(rows, columns, a, strideOfB, strideOfC),
            LaneWidth.Bits128 => new TilePlanLanes<T, Lanes128<T>>(rows, columns, a, strideOfB, strideOfC),
            _ => new TilePlanLanes<T, Lane1<T>>(rows, columns, a, strideOfB, strideOfC),
        };

    /// <summary>Computes C.</summary>
    /// <param name="a">The first element of A.</param>
    /// <param name="b">The first element of B.</param>
    /// <param name="c">The first element of C, whose rows are filled to whole vectors.</param>
    /// <param name="innerCount">The length of the chains.</param>
    /// <param name="goOn">Whether the chains go on from what C holds or start at +0.</param>
    public abstract void Run(ref T a, ref T b, ref T c, int innerCount, bool goOn);
}

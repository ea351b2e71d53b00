using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Batch normalisation, given the statistics of the columns: x̂ = (x − mean)·r with r = 1/√(variance + ε), y = x̂·γ + β.
/// </summary>
abstract class BatchNormLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loops for one vector width.</summary>
    /// <param name="width">The vectors.</param>
    /// <param name="epsilon">ε, in the element type.</param>
    public static BatchNormLoops<T> For(LaneWidth width, T epsilon) => width switch
    {
        LaneWidth.Bits512 => new BatchNormLanes<T, Lanes512<T>>(epsilon),
        LaneWidth.Bits256 => new BatchNormLanes<T, Lanes256<T>>(epsilon),
        LaneWidth.Bits128 => new BatchNormLanes<T, Lanes128<T>>(epsilon),
        _ => new BatchNormLanes<T, Lane1<T>>(epsilon),
    };

    /// <summary>x̂ and y of some rows; their padding stays 0. All matrices but those of rows are [1, columns].</summary>
    /// <param name="x">What flows in [rows, columns].</param>
    /// <param name="mean">The columns' means.</param>
    /// <param name="variance">Their variances.</param>
    /// <param name="factors">γ.</param>
    /// <param name="bias">β.</param>
    /// <param name="normalised">Receives x̂ [rows, columns]; it may be <paramref name="y"/> where nobody needs it.</param>
    /// <param name="y">Receives y [rows, columns].</param>
    /// <param name="rows">Which rows.</param>
    public abstract void Normalise(
        Matrix<T> x, Matrix<T> mean, Matrix<T> variance, Matrix<T> factors, Matrix<T> bias, Matrix<T> normalised, Matrix<T> y,
        RowRange rows);

    /// <summary>
    /// ∂e/∂x = (γ·r)·(∂e/∂y − a − x̂·b) of some rows, where a and b are the means over the shard of ∂e/∂y and x̂·∂e/∂y, or 0
    /// where the statistics are no function of x; the padding stays 0.
    /// </summary>
    /// <param name="delta">∂e/∂y [rows, columns].</param>
    /// <param name="normalised">x̂ [rows, columns].</param>
    /// <param name="variance">The columns' variances.</param>
    /// <param name="factors">γ.</param>
    /// <param name="meanErrors">a.</param>
    /// <param name="meanProducts">b.</param>
    /// <param name="errors">Receives ∂e/∂x [rows, columns]; it may be <paramref name="delta"/>.</param>
    /// <param name="rows">Which rows.</param>
    public abstract void PassBack(
        Matrix<T> delta, Matrix<T> normalised, Matrix<T> variance, Matrix<T> factors, Matrix<T> meanErrors,
        Matrix<T> meanProducts, Matrix<T> errors, RowRange rows);
}

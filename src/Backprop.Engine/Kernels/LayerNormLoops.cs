using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Layer normalisation, row by row: x̂ = (x − mean)·r with r = 1/√(variance + ε), y = x̂·γ + β. Sums along a row have 16 virtual
/// lanes.
/// </summary>
abstract class LayerNormLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loops for one vector width.</summary>
    /// <param name="width">The vectors.</param>
    /// <param name="epsilon">ε, in the element type.</param>
    public static LayerNormLoops<T> For(LaneWidth width, T epsilon) => width switch
    {
        LaneWidth.Bits512 => new LayerNormLanes<T, Lanes512<T>>(epsilon),
        LaneWidth.Bits256 => new LayerNormLanes<T, Lanes256<T>>(epsilon),
        LaneWidth.Bits128 => new LayerNormLanes<T, Lanes128<T>>(epsilon),
        _ => new LayerNormLanes<T, Lane1<T>>(epsilon),
    };

    /// <summary>x̂, r and y of some rows; the padding stays 0.</summary>
    /// <param name="x">What flows in [rows, columns].</param>
    /// <param name="factors">γ [1, columns].</param>
    /// <param name="bias">β [1, columns].</param>
    /// <param name="normalised">Receives x̂ [rows, columns]; it may be <paramref name="y"/> where nobody needs it.</param>
    /// <param name="reciprocals">Receives r of each row.</param>
    /// <param name="y">Receives y [rows, columns].</param>
    /// <param name="rows">Which rows.</param>
    public abstract void Normalise(
        Matrix<T> x, Matrix<T> factors, Matrix<T> bias, Matrix<T> normalised, T[] reciprocals, Matrix<T> y, RowRange rows);

    /// <summary>
    /// ∂e/∂x = r·(g − a − x̂·b) of some rows, with g = ∂e/∂y·γ and a and b the means over the row of g and x̂·g; the padding
    /// stays 0.
    /// </summary>
    /// <param name="delta">∂e/∂y [rows, columns].</param>
    /// <param name="normalised">x̂ [rows, columns].</param>
    /// <param name="factors">γ [1, columns].</param>
    /// <param name="reciprocals">r of each row.</param>
    /// <param name="errors">Receives ∂e/∂x [rows, columns].</param>
    /// <param name="rows">Which rows.</param>
    public abstract void PassBack(
        Matrix<T> delta, Matrix<T> normalised, Matrix<T> factors, T[] reciprocals, Matrix<T> errors, RowRange rows);
}

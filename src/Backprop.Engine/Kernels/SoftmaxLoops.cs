using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Softmax over each row, xⱼ = e^(uⱼ−m) / Σ e^(uᵢ−m) with m = max u, alone, with a plain loss behind it, or joined with
/// cross-entropy.
/// </summary>
abstract class SoftmaxLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static SoftmaxLoops<T> For(LaneWidth width) => width switch
    {
        LaneWidth.Bits512 => new SoftmaxLanes<T, Lanes512<T>>(),
        LaneWidth.Bits256 => new SoftmaxLanes<T, Lanes256<T>>(),
        LaneWidth.Bits128 => new SoftmaxLanes<T, Lanes128<T>>(),
        _ => new SoftmaxLanes<T, Lane1<T>>(),
    };

    /// <summary>X = softmax(U) row by row; the padding becomes 0. The matrices may be the same.</summary>
    public abstract void Apply(Matrix<T> u, Matrix<T> x, RowRange rows);

    /// <summary>
    /// ∂e/∂U = X ⊙ (∂e/∂X − Σⱼ xⱼ·∂e/∂xⱼ), row by row, in place in <paramref name="delta"/>: the product with softmax's
    /// Jacobian ∂xⱼ/∂uᵢ = xⱼ(δᵢⱼ − xᵢ).
    /// </summary>
    public abstract void MultiplyByJacobian(Matrix<T> x, Matrix<T> delta, RowRange rows);

    /// <summary>Softmax with cross-entropy as a loss over U.</summary>
    public abstract LossLoops<T> WithCrossEntropy(double smoothing);
}

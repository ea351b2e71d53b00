using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The loss of rows and its derivative, in one pass: <c>losses[r] = Σⱼ ℓ(output[r, j], target[r, j])</c>, summed in 16
/// virtual lanes, and <c>delta[r, j] = factors[r] · ∂ℓ/∂output[r, j]</c>, whose padding becomes 0.
/// </summary>
abstract class LossLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loss against targets of any values.</summary>
    /// <param name="output">X, or U for a joint loss, [rows, outputs].</param>
    /// <param name="target">[rows, outputs].</param>
    /// <param name="factors">What each row's derivative is multiplied by: row weight and 1/rows.</param>
    /// <param name="losses">Receives each row's loss, without its factor.</param>
    /// <param name="delta">[rows, outputs], overwritten; null where only the loss is asked for.</param>
    /// <param name="rows">The rows to compute.</param>
    public abstract void Evaluate(
        Matrix<T> output, Matrix<T> target, ReadOnlySpan<T> factors, Span<T> losses, Matrix<T>? delta, RowRange rows);

    /// <summary>The loss against the index of each row's class, standing for a target of one 1 among zeros.</summary>
    public virtual void EvaluateClasses(
        Matrix<T> output, ReadOnlySpan<int> classes, ReadOnlySpan<T> factors, Span<T> losses, Matrix<T>? delta,
        RowRange rows) => throw new InvalidOperationException("This loss takes target values, not class indices.");
}

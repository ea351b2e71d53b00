using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Softmax: xᵢ = e^uᵢ / Σⱼ e^uⱼ, row by row, of what flows in; ∂e/∂U = X ⊙ (∂e/∂X − Σⱼ xⱼ·∂e/∂xⱼ), in the errors of the layer
/// before, which are those of U.
/// </summary>
sealed class SoftmaxFlow<T>(LayerRoom<T> room) : LayerFlow<T>(room, room.Values(room.Columns), room.InErrors!)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly SoftmaxLoops<T> _loops = SoftmaxLoops<T>.For(room.Width);

    public override Matrix<T>? U => In;

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass) => _loops.Apply(In, X, rows);

    public override void Derive(RowRange rows) => _loops.MultiplyByJacobian(X, Delta, rows);
}

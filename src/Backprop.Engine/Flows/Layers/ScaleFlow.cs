using System.Numerics;

namespace Backprop.Engine;

/// <summary>Factors: X = In ⊙ s; ∂e/∂X of the layer before = ∂e/∂X ⊙ s; ∂e/∂s = Σ In ⊙ ∂e/∂X over the rows.</summary>
sealed class ScaleFlow<T>(LayerRoom<T> room) : LayerFlow<T>(room, room.Values(room.Columns), room.Errors(room.Columns))
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ScaleLoops<T> _loops = ScaleLoops<T>.For(room.Width);
    readonly ColumnSumLoops<T> _sums = ColumnSumLoops<T>.For(room.Width);
    readonly int _factors = room.Tensors[0];

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass) =>
        _loops.Multiply(In, parameters.Tensors[_factors], X, rows);

    public override void PassBack(Parameters<T> parameters, RowRange rows)
    {
        if (InErrors is not null)
            _loops.Multiply(Delta, parameters.Tensors[_factors], InErrors, rows);
    }

    public override void Gradient(Parameters<T> gradient, RowRange part, int count, bool goOn)
    {
        if (part.Count > 0)
            _sums.SumProducts(In, Delta, count, gradient.Tensors[_factors], new RowRange(0, X.Columns), goOn);
    }
}

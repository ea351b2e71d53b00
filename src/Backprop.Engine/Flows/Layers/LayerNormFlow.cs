using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Layer normalisation: x̂ = (x − mean)·r, r = 1/√(variance + ε), mean and variance over the row; X = x̂ ⊙ γ + β. With g = ∂e/∂X
/// ⊙ γ, ∂e/∂X of the layer before = r·(g − mean(g) − x̂·mean(x̂ ⊙ g)); ∂e/∂γ = Σ x̂ ⊙ ∂e/∂X and ∂e/∂β = Σ ∂e/∂X over the rows.
/// </summary>
sealed class LayerNormFlow<T> : LayerFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly LayerNormLoops<T> _loops;
    readonly ColumnSumLoops<T> _sums;
    readonly int _factors;
    readonly int _bias;
    readonly Matrix<T> _normalised;
    readonly T[] _reciprocals;

    public LayerNormFlow(LayerNorm layer, LayerRoom<T> room)
        : base(room, room.Values(room.Columns), room.Errors(room.Columns))
    {
        _loops = LayerNormLoops<T>.For(room.Width, Rounding.To<T>(layer.Epsilon));
        _sums = ColumnSumLoops<T>.For(room.Width);
        (_factors, _bias) = (room.Tensors[0], room.Tensors[1]);
        _normalised = room.HasErrors ? room.Values(room.Columns) : X;
        _reciprocals = new T[room.Workspace.Capacity];
    }

    /// <summary>x̂ [rows, out] of a workspace in which errors flow.</summary>
    public override Matrix<T> Normalised => _normalised;

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass) => _loops.Normalise(
        In, parameters.Tensors[_factors], parameters.Tensors[_bias], _normalised, _reciprocals, X, rows);

    public override void PassBack(Parameters<T> parameters, RowRange rows)
    {
        if (InErrors is not null)
            _loops.PassBack(Delta, _normalised, parameters.Tensors[_factors], _reciprocals, InErrors, rows);
    }

    public override void Gradient(Parameters<T> gradient, RowRange part, int count, bool goOn)
    {
        if (part.Count <= 0)
            return;
        var columns = new RowRange(0, X.Columns);
        _sums.SumProducts(_normalised, Delta, count, gradient.Tensors[_factors], columns, goOn);
        _sums.Sum(Delta, count, gradient.Tensors[_bias], columns, goOn);
    }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// A dense layer: U = X·W + b, X = f(U); ∂e/∂U = ∂e/∂X ⊙ f′, ∂e/∂X of the layer before = ∂e/∂U·Wᵀ; ∂e/∂W = Xᵀ·∂e/∂U and
/// ∂e/∂b = Σ ∂e/∂U over the rows.
/// </summary>
/// <remarks>
/// U is kept only where a derivative is taken from it, or a joint loss or somebody reads it; elsewhere the activation is applied
/// in place and U is gone.
/// </remarks>
sealed class DenseFlow<T> : LayerFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Products<T> _products;
    readonly LayerActivations<T> _activations;
    readonly int _weights;
    readonly int? _bias;

    public DenseFlow(Dense layer, LayerRoom<T> room)
        : base(room, room.Values(layer.Width), room.Errors(layer.Width))
    {
        _products = Products<T>.For(room.Width);
        _activations = new LayerActivations<T>(layer, room.Width);
        _weights = room.Tensors[0];
        _bias = layer.HasBias ? room.Tensors[1] : null;
        bool keepsU = room.Use == WorkspaceUse.Everything || (room.HasErrors && (room.IsLast || layer.DerivativeNeedsInput));
        U = keepsU ? room.Values(layer.Width) : null;
    }

    public override Matrix<T>? U { get; }

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass)
    {
        Totals(parameters, rows);
        _activations.Apply(U ?? X, X, rows);
    }

    public override void Totals(Parameters<T> parameters, RowRange rows) => _products.Forward(
        In, parameters.Tensors[_weights], _bias is { } bias ? parameters.Tensors[bias] : null, U ?? X, rows);

    public override void Derive(RowRange rows) => _activations.MultiplyByDerivative(U, X, Delta, rows);

    public override void PassBack(Parameters<T> parameters, RowRange rows)
    {
        if (InErrors is not null)
            _products.Backward(Delta, parameters.Tensors[_weights], InErrors, rows);
    }

    public override void Gradient(Parameters<T> gradient, RowRange part, int count, bool goOn)
    {
        _products.WeightGradient(In, Delta, count, gradient.Tensors[_weights], part, goOn);
        if (_bias is { } bias && part.Start == 0 && part.Count > 0)
            _products.BiasGradient(Delta, count, gradient.Tensors[bias], goOn);
    }
}

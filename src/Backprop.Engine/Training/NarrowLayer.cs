using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// One layer of a <see cref="NarrowStep{T}"/>: its values and errors with neurons as rows, and its three products and its
/// activations, bound to them once.
/// </summary>
sealed class NarrowLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ActivationPart[] _parts;
    readonly Matrix<T> _inputs;
    readonly Matrix<T> _weights;
    readonly Matrix<T> _gradient;
    readonly TilePlan<T> _values;
    readonly TilePlan<T> _errors;
    readonly TilePlan<T> _sums;
    readonly int _bias;

    /// <param name="parameters">W and, in the row that follows it in the buffer, b.</param>
    /// <param name="gradient">Where their gradient goes.</param>
    /// <param name="k">Which layer.</param>
    /// <param name="inputs">Xᵀ of the layer before, [inputs, rows], with a row of ones under it.</param>
    /// <param name="delta">∂e/∂U with rows as rows, which the gradient is taken from.</param>
    /// <param name="width">The vectors.</param>
    public NarrowLayer(
        Parameters<T> parameters, Parameters<T> gradient, int k, Matrix<T> inputs, Matrix<T> delta, LaneWidth width)
    {
        var layer = (Dense)parameters.Network.Layers[k];
        (_inputs, DeltaRows) = (inputs, delta);
        (_weights, _gradient) = (parameters.Weights[k], gradient.Weights[k]);
        _bias = parameters.Biases[k] is null ? 0 : 1;
        int rows = inputs.Columns;
        X = WithOnes(layer.Width, rows);
        U = layer.DerivativeNeedsInput ? Neurons(layer.Width, rows) : X;
        Delta = Neurons(layer.Width, rows);
        _values = TilePlan<T>.For(width, layer.Width, rows, (1, _weights.Stride), inputs.Stride, U.Stride);
        _errors = TilePlan<T>.For(width, _weights.Rows, rows, (_weights.Stride, 1), Delta.Stride, inputs.Stride);
        _sums = TilePlan<T>.For(width, _weights.Rows + _bias, layer.Width, (inputs.Stride, 1), delta.Stride, _gradient.Stride);

        _parts = new ActivationPart[layer.Activations.Length];
        int first = 0;
        for (int i = 0; i < _parts.Length; i++)
        {
            (Activation activation, int count) = layer.Activations[i];
            Matrix<T> u = U.RowsAsOne(first, count), x = X.RowsAsOne(first, count);
            _parts[i] = new ActivationPart
            {
                Loops = activation.Bind<T>(width),
                IsLinear = activation.Equals(Activation.Linear),
                U = u,
                Slope = activation.DerivativeNeedsInput ? u : x,
                X = x,
                Delta = Delta.RowsAsOne(first, count),
            };
            first += count;
        }
    }

    /// <summary>Uᵀ [neurons, rows]; the same as X where it is not kept.</summary>
    public Matrix<T> U { get; }

    /// <summary>Xᵀ [neurons, rows], with a row of ones under it.</summary>
    public Matrix<T> X { get; }

    /// <summary>(∂e/∂U)ᵀ [neurons, rows].</summary>
    public Matrix<T> Delta { get; }

    /// <summary>∂e/∂U [rows, neurons].</summary>
    public Matrix<T> DeltaRows { get; }

    /// <summary>A matrix [neurons, rows] with a row of ones under it.</summary>
    public static Matrix<T> WithOnes(int neurons, int rows)
    {
        Matrix<T> x = Neurons(neurons + 1, rows);
        x[neurons].Fill(T.One);
        return x;
    }

    /// <summary>Uᵀ = [W, b]ᵀ·[X, 1]ᵀ.</summary>
    public void TakeInputs() =>
        _values.Run(ref _weights.Origin, ref _inputs.Origin, ref U.Origin, _weights.Rows + _bias, goOn: false);

    /// <summary>Xᵀ = f(Uᵀ).</summary>
    public void Activate()
    {
        foreach (ref readonly ActivationPart part in _parts.AsSpan())
        {
            if (!part.IsLinear || !ReferenceEquals(U, X))
                part.Loops.Apply(part.U, part.X, new RowRange(0, 1), 0, part.X.Columns);
        }
    }

    /// <summary>∂e/∂U = ∂e/∂X ⊙ f′, in place.</summary>
    public void MultiplyByDerivative()
    {
        foreach (ref readonly ActivationPart part in _parts.AsSpan())
        {
            if (!part.IsLinear)
                part.Loops.MultiplyByDerivative(part.Slope, part.X, part.Delta, new RowRange(0, 1), 0, part.X.Columns);
        }
    }

    /// <summary>(∂e/∂X)ᵀ of the layer before, W·(∂e/∂U)ᵀ.</summary>
    public void PassErrors(Matrix<T> before) =>
        _errors.Run(ref _weights.Origin, ref Delta.Origin, ref before.Origin, _weights.Columns, goOn: false);

    /// <summary>[∂e/∂W, ∂e/∂b] = [X, 1]ᵀ·∂e/∂U: b's row follows W's in the parameters' buffer.</summary>
    public void Gradient(int count, bool goOn) =>
        _sums.Run(ref _inputs.Origin, ref DeltaRows.Origin, ref _gradient.Origin, count, goOn);

    /// <summary>Rows of zeros up to a whole transposed block.</summary>
    static Matrix<T> Neurons(int neurons, int rows) =>
        new((neurons + NarrowStep<T>.Side - 1) / NarrowStep<T>.Side * NarrowStep<T>.Side, rows);

    /// <summary>Neurons of one activation, their rows taken as one.</summary>
    readonly struct ActivationPart
    {
        public required ActivationLoops<T> Loops { get; init; }

        public required bool IsLinear { get; init; }

        public required Matrix<T> U { get; init; }

        /// <summary>What the derivative is taken from: U or X.</summary>
        public required Matrix<T> Slope { get; init; }

        public required Matrix<T> X { get; init; }

        public required Matrix<T> Delta { get; init; }
    }
}

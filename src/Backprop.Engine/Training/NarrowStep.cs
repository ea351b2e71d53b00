using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Value flow, error flow and gradient of a network whose layers are all narrow, laid out so that the rows of the batch
/// are the lanes: Xᵀ [neurons, rows]. Vectors are full however few neurons there are, no layer has padding to clear, and
/// a row of ones under Xᵀ makes the biases part of the products: a chain that ends with 1·b, or runs over 1·δ, has the
/// bits of one that b, or δ, is added to.
/// </summary>
sealed class NarrowStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most inputs and neurons of a layer.</summary>
    public const int Widest = 32;

    /// <summary>The most rows at a time: 64 rows of 32 neurons are 8 KB, so that several layers fit the first-level cache.</summary>
    const int MostRows = 64;

    /// <summary>What transposed blocks are multiples of.</summary>
    const int Side = 8;

    readonly Parameters<T> _parameters;
    readonly Parameters<T> _gradient;
    readonly ErrorFlow<T> _errors;
    readonly Products<T> _products;
    readonly ImmutableArray<LayerActivations<T>> _activations;

    // Transposed: X of layer k is _x[k + 1], with a row of ones under it; U is X where it is not kept.
    readonly Matrix<T>[] _x;
    readonly Matrix<T>[] _u;
    readonly Matrix<T>[] _delta;

    public NarrowStep(Parameters<T> parameters, Parameters<T> gradient, ErrorFlow<T> errors, LaneWidth width, int capacity)
    {
        (_parameters, _gradient, _errors) = (parameters, gradient, errors);
        Network network = parameters.Network;
        _products = Products<T>.For(width);
        _activations = [.. network.Layers.Select(layer => new LayerActivations<T>(layer, width))];
        _x = [.. Enumerable.Range(0, network.Layers.Length + 1).Select(k => WithOnes(network.InputsOf(k), capacity))];
        _u = [.. network.Layers.Select((layer, k) => layer.DerivativeNeedsInput ? Rows(layer.Width, capacity) : _x[k + 1])];
        _delta = [.. network.Layers.Select(layer => Rows(layer.Width, capacity))];
    }

    /// <summary>
    /// Whether a training takes its steps this way: it is too little work for a second thread too. The plain loops never do,
    /// so that they stay what everything is held against.
    /// </summary>
    public static bool Fits(Network network, TrainingOptions options, int batch, LaneWidth width) =>
        width != LaneWidth.Reference && options.Dropout == 0 && options.Shards == 1
        && network.Inputs <= Widest && network.Layers.All(layer => layer.Width <= Widest)
        && (network.Link == OutputLink.None || options.Loss.Kind == LossKind.Softmax)
        && CrewSize.For(network, batch) == 1;

    /// <summary>How many rows a workspace takes for batches of so many.</summary>
    public static int CapacityFor(int batch) => (Math.Min(batch, MostRows) + Side - 1) / Side * Side;

    /// <summary>The losses of the first rows of a workspace, after they were gathered, and their part of the gradient.</summary>
    /// <param name="workspace">The rows; its last output and its deltas are overwritten.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="goOn">Whether the gradient's sums go on (a further part of one batch) or start.</param>
    public void Run(Workspace<T> workspace, int count, bool goOn)
    {
        Values(workspace);
        int last = _u.Length - 1;
        bool plain = _errors.Loss.Kind == LossKind.Plain;
        Matrix<T> delta = workspace.Delta[last];
        Turn(plain ? _x[last + 1] : _u[last], workspace.OutputFor(_errors.Loss));
        _errors.Evaluate(workspace, delta, new RowRange(0, count));
        if (last > 0 || plain)
            Turn(delta, _delta[last]);
        if (plain)
        {
            _activations[last].MultiplyNeuronsByDerivative(_u[last], _x[last + 1], _delta[last]);
            Turn(_delta[last], delta);
        }

        Gradient(workspace, last, count, goOn);
        for (int k = last - 1; k >= 0; k--)
        {
            Matrix<T> w = _parameters.Weights[k + 1];
            var rows = new RowRange(0, w.Rows);
            _products.Multiply(new LeftOperand<T>(ref w.Origin, w.Stride, 1), _delta[k + 1], w.Columns, _delta[k], rows, false);
            _activations[k].MultiplyNeuronsByDerivative(_u[k], _x[k + 1], _delta[k]);
            Turn(_delta[k], workspace.Delta[k]);
            Gradient(workspace, k, count, goOn);
        }
    }

    /// <summary>Uᵀ = [W, b]ᵀ·[X, 1]ᵀ and Xᵀ = f(Uᵀ) of every layer.</summary>
    void Values(Workspace<T> workspace)
    {
        Turn(workspace.Inputs, _x[0]);
        _x[0][workspace.Inputs.Columns].Fill(T.One);
        for (int k = 0; k < _u.Length; k++)
        {
            Matrix<T> w = _parameters.Weights[k];
            int inner = w.Rows + (_parameters.Biases[k] is null ? 0 : 1);
            var rows = new RowRange(0, w.Columns);
            _products.Multiply(new LeftOperand<T>(ref w.Origin, 1, w.Stride), _x[k], inner, _u[k], rows, false);
            if (k < _u.Length - 1 || _errors.Loss.Kind == LossKind.Plain)
                _activations[k].ApplyToNeurons(_u[k], _x[k + 1]);
        }
    }

    /// <summary>[∂e/∂W, ∂e/∂b] = [X, 1]ᵀ·δ: b's row follows W's in the parameters' buffer.</summary>
    void Gradient(Workspace<T> workspace, int k, int count, bool goOn)
    {
        Matrix<T> to = _gradient.Weights[k];
        var rows = new RowRange(0, to.Rows + (_gradient.Biases[k] is null ? 0 : 1));
        var x = new LeftOperand<T>(ref _x[k].Origin, _x[k].Stride, 1);
        _products.Multiply(x, workspace.Delta[k], count, to, rows, goOn);
    }

    /// <summary>Turns a matrix round by whole blocks, which run on into its padding and the other's.</summary>
    static void Turn(Matrix<T> from, Matrix<T> to) => Transposition.Copy(
        ref from.Origin, from.Stride, ref to.Origin, to.Stride, (to.Columns + 7) & ~7, (from.Columns + 3) & ~3);

    static Matrix<T> WithOnes(int neurons, int capacity)
    {
        Matrix<T> x = Rows(neurons + 1, capacity);
        x[neurons].Fill(T.One);
        return x;
    }

    static Matrix<T> Rows(int neurons, int capacity) => new((neurons + Side - 1) / Side * Side, capacity);
}

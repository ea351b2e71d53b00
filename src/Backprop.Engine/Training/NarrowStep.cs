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

    /// <summary>What transposed blocks are multiples of.</summary>
    public const int Side = 8;

    /// <summary>The most rows at a time: 64 rows of 32 neurons are 8 KB, several layers fit the first-level cache.</summary>
    const int MostRows = 64;

    readonly Workspace<T> _workspace;
    readonly ErrorFlow<T> _errors;
    readonly Matrix<T> _inputs;
    readonly NarrowLayer<T>[] _layers;
    readonly TurnedCrossEntropy<T> _crossEntropy;
    readonly T[] _classes;
    int _factorsCount;

    /// <param name="parameters">The weights and biases.</param>
    /// <param name="gradient">Where the gradient goes.</param>
    /// <param name="errors">The loss.</param>
    /// <param name="workspace">Where rows are gathered; its last output and its deltas are overwritten.</param>
    /// <param name="width">The vectors.</param>
    public NarrowStep(
        Parameters<T> parameters, Parameters<T> gradient, ErrorFlow<T> errors, Workspace<T> workspace, LaneWidth width)
    {
        (_workspace, _errors, Gradient) = (workspace, errors, gradient);
        _inputs = NarrowLayer<T>.WithOnes(parameters.Network.Inputs, workspace.Capacity);
        _layers = new NarrowLayer<T>[parameters.Network.Layout.Depth];
        for (int k = 0; k < _layers.Length; k++)
        {
            Matrix<T> x = k == 0 ? _inputs : _layers[k - 1].X;
            _layers[k] = new NarrowLayer<T>(parameters, gradient, k, x, workspace.Delta[k], width);
        }

        _crossEntropy = TurnedCrossEntropy<T>.For(width, errors.Loss.Smoothing);
        _classes = new T[workspace.Factors.Length];
    }

    /// <summary>
    /// Whether a training takes its steps this way: it is too little work for a second thread too. The plain loops never do,
    /// so that they stay what everything is held against.
    /// </summary>
    public static bool Fits(Network network, TrainingOptions options, int batch, LaneWidth width) =>
        width != LaneWidth.Reference && options.Shards == 1 && network.Inputs <= Widest
        && network.Layers.All(layer => layer is Dense { Width: <= Widest } or Softmax)
        && (!network.HasSoftmax || options.Loss.Kind == LossKind.Softmax)
        && CrewSize.For(network, batch) == 1;

    /// <summary>How many rows a workspace takes for batches of so many.</summary>
    public static int CapacityFor(int batch) => (Math.Min(batch, MostRows) + Side - 1) / Side * Side;

    /// <summary>The training rows.</summary>
    public required Examples<T> Examples { get; init; }

    /// <summary>∂e/∂ the parameters, after <see cref="Run(int[], RowRange, Span{T})"/>.</summary>
    public Parameters<T> Gradient { get; }

    /// <summary>The losses of a batch's rows and its gradient.</summary>
    /// <param name="order">The epoch's rows in order.</param>
    /// <param name="batch">Which positions of the order are the batch's.</param>
    /// <param name="losses">Receives the rows' losses, without weight.</param>
    /// <returns>Whether every loss is finite.</returns>
    public bool Run(int[] order, RowRange batch, Span<T> losses)
    {
        bool areFinite = true;
        for (int done = 0; done < batch.Count; done += _workspace.Capacity)
        {
            var chunk = new RowRange(0, Math.Min(_workspace.Capacity, batch.Count - done));
            _workspace.Begin(chunk.Count, Examples.HasClasses);
            Examples.Gather(_workspace, chunk, batch.Start + done, order);
            if (Examples.IsWeighted || batch.Count != _factorsCount)
                _errors.SetFactors(_workspace, chunk, batch.Count);
            Run(chunk.Count, goOn: done > 0);
            ReadOnlySpan<T> own = _workspace.Losses.AsSpan(0, chunk.Count);
            own.CopyTo(losses[done..]);
            foreach (T loss in own)
                areFinite &= T.IsFinite(loss);
        }

        // Without weights the next batch of as many rows has the same factors: every chunk's are the first's.
        _factorsCount = batch.Count;
        return areFinite;
    }

    /// <summary>The losses of the workspace's first rows, after they were gathered, and their part of the gradient.</summary>
    void Run(int count, bool goOn)
    {
        bool plain = _errors.Loss.Kind == LossKind.Plain;
        Turn(_workspace.Inputs, _inputs);
        if (_workspace.Inputs.Columns % 4 != 0)
            _inputs[_workspace.Inputs.Columns].Fill(T.One);
        for (int k = 0; k < _layers.Length; k++)
        {
            _layers[k].TakeInputs();
            if (k < _layers.Length - 1 || plain)
                _layers[k].Activate();
        }

        NarrowLayer<T> layer = _layers[^1];
        if (_workspace.HasClasses)
            CrossEntropy(layer, count);
        else
            OtherLoss(layer, count, plain);
        layer.Gradient(count, goOn);
        for (int k = _layers.Length - 2; k >= 0; k--)
        {
            _layers[k + 1].PassErrors(_layers[k].Delta);
            _layers[k].MultiplyByDerivative();
            Turn(_layers[k].Delta, _layers[k].DeltaRows);
            _layers[k].Gradient(count, goOn);
        }
    }

    void CrossEntropy(NarrowLayer<T> last, int count)
    {
        for (int row = 0; row < count; row++)
            _classes[row] = Rounding.To<T>(_workspace.Classes[row]);
        _crossEntropy.Evaluate(
            last.U, last.DeltaRows.Columns, _classes, _workspace.Factors, _workspace.Losses, last.Delta, count);
        Turn(last.Delta, last.DeltaRows);
    }

    /// <summary>A loss whose loops go along rows.</summary>
    void OtherLoss(NarrowLayer<T> last, int count, bool plain)
    {
        Turn(plain ? last.X : last.U, _workspace.OutputFor(_errors.Loss));
        _errors.Evaluate(_workspace, last.DeltaRows, new RowRange(0, count));
        Turn(last.DeltaRows, last.Delta);
        if (plain)
        {
            last.MultiplyByDerivative();
            Turn(last.Delta, last.DeltaRows);
        }
    }

    /// <summary>Turns a matrix round by whole blocks, which run on into its padding and the other's.</summary>
    static void Turn(Matrix<T> from, Matrix<T> to) => Transposition.Copy(
        ref from.Origin, from.Stride, ref to.Origin, to.Stride, (to.Columns + 7) & ~7, (from.Columns + 3) & ~3);
}

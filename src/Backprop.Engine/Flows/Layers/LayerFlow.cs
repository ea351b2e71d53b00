using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// What one layer does with the rows of a workspace, and its own room there: values on the way forward, errors on the way back,
/// its gradient. One file for each kind of layer. Any number of threads may work on it at once, each on rows or parts of its own.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="room">Where the layer stands.</param>
/// <param name="x">X [rows, out]; it may be what flows in.</param>
/// <param name="delta">
/// ∂e/∂X [rows, out] before <see cref="Derive"/>, ∂e/∂U after it; it may be the errors of the layer before.
/// </param>
abstract class LayerFlow<T>(LayerRoom<T> room, Matrix<T> x, Matrix<T> delta)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>X of the layer before [rows, in].</summary>
    public Matrix<T> In { get; } = room.In;

    /// <summary>∂e/∂X of the layer before [rows, in], or null where nobody asks for it.</summary>
    public Matrix<T>? InErrors { get; } = room.InErrors;

    /// <summary>X [rows, out].</summary>
    public Matrix<T> X { get; } = x;

    /// <summary>∂e/∂X, then ∂e/∂U [rows, out].</summary>
    public Matrix<T> Delta { get; } = delta;

    /// <summary>U [rows, out], which a joint loss reads in place of X; null where it is not kept.</summary>
    public virtual Matrix<T>? U => null;

    /// <summary>∂e/∂X [rows, out], kept for someone who looks at it; otherwise null.</summary>
    public Matrix<T>? OutputErrors { get; } = room.Use == WorkspaceUse.Everything ? room.Values(room.Columns) : null;

    /// <summary>
    /// What a normalisation makes of what flows in, before factors and biases [rows, out]; null for other layers.
    /// </summary>
    public virtual Matrix<T>? Normalised => null;

    /// <summary>
    /// The shard's mean and variance [1, out] that the values in the workspace came from; null where they came from none.
    /// </summary>
    public virtual (Matrix<T> Mean, Matrix<T> Variance)? OfShard => null;

    /// <summary>The flow of a layer: the engine's one list of kinds.</summary>
    public static LayerFlow<T> Of(LayerRoom<T> room) => room.Workspace.Network.Layers[room.Index] switch
    {
        Dense layer => new DenseFlow<T>(layer, room),
        Dropout layer => new DropoutFlow<T>(layer, room),
        Embed => new EmbedFlow<T>(room),
        Softmax => new SoftmaxFlow<T>(room),
        Scale => new ScaleFlow<T>(room),
        BatchNorm layer => new BatchNormFlow<T>(layer, room),
        LayerNorm layer => new LayerNormFlow<T>(layer, room),
        Layer layer => throw new NotSupportedException($"There is no flow of {layer}."),
    };

    /// <summary>
    /// Whether the layer computes on all rows of a shard together while it learns: <see cref="SumValues"/> before its values,
    /// <see cref="SumErrors"/> before its errors, each when all rows have come so far.
    /// </summary>
    public bool NeedsWholeShard { get; } = room.Workspace.Network.Layers[room.Index].NeedsWholeShard;

    /// <summary>What the layer learns of all rows of a shard, for some of its columns.</summary>
    public virtual void SumValues(int count, RowRange columns)
    {
    }

    /// <summary>What the layer must know of the errors of all rows of a shard, for some of its columns.</summary>
    public virtual void SumErrors(int count, RowRange columns)
    {
    }

    /// <summary>Takes what <see cref="SumValues"/> learnt of a shard into the layer's statistics.</summary>
    public virtual void UpdateStatistics(Parameters<T> parameters)
    {
    }

    /// <summary>X of some rows from what flows in.</summary>
    public abstract void Values(Parameters<T> parameters, RowRange rows, Pass pass);

    /// <summary>Only what a joint loss reads in place of X.</summary>
    public virtual void Totals(Parameters<T> parameters, RowRange rows)
    {
    }

    /// <summary>∂e/∂X → ∂e/∂U of some rows, in place.</summary>
    public virtual void Derive(RowRange rows)
    {
    }

    /// <summary>∂e/∂U → ∂e/∂X of the layer before, for some rows; nothing where the errors are its own matrix already.</summary>
    public virtual void PassBack(Parameters<T> parameters, RowRange rows)
    {
    }

    /// <summary>
    /// The layer's part of the gradient over the first <paramref name="count"/> rows, for some rows of its first tensor (see
    /// <see cref="Layout.PartsOf"/>).
    /// </summary>
    /// <param name="gradient">∂e/∂ its tensors, overwritten.</param>
    /// <param name="part">Which rows of the first tensor; the others' go with the first of them.</param>
    /// <param name="count">How many rows of the workspace hold data.</param>
    /// <param name="goOn">Whether the sums go on (a further chunk of one batch) or start at 0.</param>
    public virtual void Gradient(Parameters<T> gradient, RowRange part, int count, bool goOn)
    {
    }
}

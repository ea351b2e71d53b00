using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The values and errors of some rows on their way through a network: X⁰, then U, X and delta of every layer. It is
/// sized once and owned by the caller; the flows fill it and allocate nothing.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Used by one batch at a time.</remarks>
public sealed class Workspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A workspace for up to <paramref name="capacity"/> rows.</summary>
    /// <param name="network">The network that the rows flow through.</param>
    /// <param name="capacity">The most rows at a time, 1 or more.</param>
    /// <param name="keepEverything">
    /// Whether to keep every layer's U and ∂e/∂X, and ∂e/∂X⁰ too, for someone who looks at them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public Workspace(Network network, int capacity, bool keepEverything = false)
        : this(network, capacity, keepEverything ? WorkspaceUse.Everything : WorkspaceUse.Errors, LaneWidths.Best)
    {
    }

    internal Workspace(Network network, int capacity, WorkspaceUse use, LaneWidth width, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (Network, Capacity) = (network, capacity);
        Inputs = new Matrix<T>(capacity, network.Inputs);
        Codes = new CodeMatrix(capacity, network.Codes);
        InputErrors = use == WorkspaceUse.Everything ? new Matrix<T>(capacity, network.Inputs) : null;
        Targets = new Matrix<T>(use == WorkspaceUse.Values ? 0 : capacity, network.Outputs);
        Classes = new int[capacity];
        Factors = new T[Matrix<T>.StrideOf(capacity)];
        Losses = new T[Matrix<T>.StrideOf(capacity)];
        Weights = new double[capacity];
        Rows = new int[capacity];
        Positions = new long[capacity];
        HasPositions = use == WorkspaceUse.Learning && network.Layers.Any(layer => layer is Dropout);

        var layers = ImmutableArray.CreateBuilder<LayerFlow<T>>(network.Layers.Length);
        (Matrix<T> x, Matrix<T>? errors) = (Inputs, InputErrors);
        for (int k = 0; k < network.Layers.Length; k++)
        {
            layers.Add(LayerFlow<T>.Of(new LayerRoom<T>
            {
                Workspace = this,
                Index = k,
                In = x,
                InErrors = errors,
                Use = use,
                Seed = seed,
                Width = width,
            }));
            (x, errors) = (layers[k].X, layers[k].Delta);
        }

        Layers = layers.ToImmutable();
        X = [.. Layers.Select(layer => layer.X)];
        Delta = [.. Layers.Select(layer => layer.Delta)];
        KeptU = [.. Layers.Select(layer => layer.U)];
    }

    /// <summary>The network that the rows flow through.</summary>
    public Network Network { get; }

    /// <summary>The most rows at a time.</summary>
    public int Capacity { get; }

    /// <summary>How many rows it holds now.</summary>
    public int Count { get; private set; }

    /// <summary>X⁰ [rows, inputs].</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>The codes of the rows [rows, codes], which embeddings read.</summary>
    internal CodeMatrix Codes { get; }

    /// <summary>∂e/∂X⁰ [rows, inputs], or null where it is not kept.</summary>
    public Matrix<T>? InputErrors { get; }

    /// <summary>X [rows, out] of each layer; of the last one, the network's output.</summary>
    public ImmutableArray<Matrix<T>> X { get; }

    /// <summary>
    /// Delta, ∂e/∂U [rows, out], of each layer, after the error flow. Softmax, dropout and batch
    /// normalisation have that of the layer before.
    /// </summary>
    public ImmutableArray<Matrix<T>> Delta { get; }

    /// <summary>
    /// U [rows, out] of each layer, or null where it has none or it is not kept. Softmax's is X of the layer before.
    /// </summary>
    public ImmutableArray<Matrix<T>?> KeptU { get; }

    /// <summary>Target values [rows, outputs], where targets are not class indices.</summary>
    public Matrix<T> Targets { get; }

    /// <summary>What each layer does with the rows, and its room for it, in the order of the value flow.</summary>
    internal ImmutableArray<LayerFlow<T>> Layers { get; }

    /// <summary>Class indices, where <see cref="HasClasses"/>.</summary>
    internal int[] Classes { get; }

    /// <summary>What each row's error is multiplied by: row weight and 1/rows. Room for whole vectors.</summary>
    internal T[] Factors { get; }

    /// <summary>Each row's loss ℓ, without weight. Room for whole vectors.</summary>
    internal T[] Losses { get; }

    /// <summary>Row weights.</summary>
    internal double[] Weights { get; }

    /// <summary>Each row's position in the epoch's order, from which its dropout masks follow.</summary>
    internal long[] Positions { get; }

    /// <summary>Whether somebody reads the rows' positions.</summary>
    internal bool HasPositions { get; }

    /// <summary>Which row of the examples each was taken from.</summary>
    internal int[] Rows { get; }

    /// <summary>Whether the rows' targets are class indices.</summary>
    internal bool HasClasses { get; private set; }

    /// <summary>Takes rows in, with targets as values; weights are 1.</summary>
    /// <param name="inputs">[rows, inputs].</param>
    /// <param name="targets">[rows, outputs].</param>
    /// <exception cref="ArgumentException">The shapes do not fit the network or the capacity.</exception>
    public void Load(Matrix<T> inputs, Matrix<T> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        Load(new Examples<T>(inputs, targets));
    }

    /// <summary>Takes all rows of some examples in.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit the network or the capacity.</exception>
    public void Load(Examples<T> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        examples.ThrowUnlessFits(Network);
        if (examples.Count > Capacity)
            throw new ArgumentException($"{examples.Count} rows do not fit a workspace for {Capacity}.", nameof(examples));

        Begin(examples.Count, examples.HasClasses);
        examples.Gather(this, new RowRange(0, examples.Count), 0);
    }

    /// <summary>Says how many rows come, before they are gathered.</summary>
    internal void Begin(int count, bool hasClasses) => (Count, HasClasses) = (count, hasClasses);

    /// <summary>What the last layer's loss reads: U for a joint loss, X for a plain one.</summary>
    internal Matrix<T> OutputFor(Loss loss) => loss.Kind == LossKind.Plain ? X[^1] : Layers[^1].U!;
}

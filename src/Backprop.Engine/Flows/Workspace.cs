using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The values and errors of some rows on their way through a network: X⁰, then U, X and delta of every layer. It is
/// sized once and owned by the caller; the flows fill it and allocate nothing.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// U is kept only where a derivative is taken from it (or where everything is asked for); elsewhere the activation is
/// applied in place and U is gone. Used by one batch at a time.
/// </remarks>
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
        : this(network, capacity, keepEverything, dropout: false, errors: true)
    {
    }

    Workspace(Network network, int capacity, bool keepEverything, bool dropout, bool errors)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (Network, Capacity) = (network, capacity);
        var kept = ImmutableArray.CreateBuilder<Matrix<T>?>();
        var x = ImmutableArray.CreateBuilder<Matrix<T>>();
        var fed = ImmutableArray.CreateBuilder<Matrix<T>>();
        var masks = ImmutableArray.CreateBuilder<Matrix<T>?>();
        var outputErrors = ImmutableArray.CreateBuilder<Matrix<T>?>();
        var delta = ImmutableArray.CreateBuilder<Matrix<T>>();
        Inputs = new Matrix<T>(capacity, network.Inputs);
        InputErrors = keepEverything ? new Matrix<T>(capacity, network.Inputs) : null;
        fed.Add(Inputs);
        for (int k = 0; k < network.Layers.Length; k++)
        {
            Layer layer = network.Layers[k];
            bool last = k == network.Layers.Length - 1;
            kept.Add(keepEverything || (errors && (last || layer.DerivativeNeedsInput)) ? new Matrix<T>(capacity, layer.Width) : null);
            x.Add(new Matrix<T>(capacity, layer.Width));
            outputErrors.Add(keepEverything ? new Matrix<T>(capacity, layer.Width) : null);
            delta.Add(new Matrix<T>(errors ? capacity : 0, layer.Width));
            if (last)
                break;

            masks.Add(dropout ? new Matrix<T>(capacity, layer.Width) : null);
            fed.Add(dropout ? new Matrix<T>(capacity, layer.Width) : x[k]);
        }

        (KeptU, X, Fed, Masks) = (kept.ToImmutable(), x.ToImmutable(), fed.ToImmutable(), masks.ToImmutable());
        (OutputErrors, Delta) = (outputErrors.ToImmutable(), delta.ToImmutable());
        Targets = new Matrix<T>(errors ? capacity : 0, network.Outputs);
        Classes = new int[capacity];
        Factors = new T[Matrix<T>.StrideOf(capacity)];
        Losses = new T[Matrix<T>.StrideOf(capacity)];
        Weights = new double[capacity];
        Rows = new int[capacity];
        Positions = new long[capacity];
    }

    /// <summary>The network that the rows flow through.</summary>
    public Network Network { get; }

    /// <summary>The most rows at a time.</summary>
    public int Capacity { get; }

    /// <summary>How many rows it holds now.</summary>
    public int Count { get; private set; }

    /// <summary>X⁰ [rows, inputs].</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>∂e/∂X⁰ [rows, inputs], or null where it is not kept.</summary>
    public Matrix<T>? InputErrors { get; }

    /// <summary>X [rows, out] of each layer; of the last one, the network's output.</summary>
    public ImmutableArray<Matrix<T>> X { get; }

    /// <summary>
    /// ∂e/∂X [rows, out] of each layer, or null where it is not kept: delta takes its place. A joint loss leaves the last
    /// layer's as it is.
    /// </summary>
    internal ImmutableArray<Matrix<T>?> OutputErrors { get; }

    /// <summary>
    /// Delta, ∂e/∂U [rows, out], of each layer, after the error flow.
    /// </summary>
    public ImmutableArray<Matrix<T>> Delta { get; }

    /// <summary>U [rows, out] of each layer, or null where it is not kept.</summary>
    public ImmutableArray<Matrix<T>?> KeptU { get; }

    /// <summary>Target values [rows, outputs], where targets are not class indices.</summary>
    public Matrix<T> Targets { get; }

    /// <summary>What each layer's product reads: X of the layer before, after dropout.</summary>
    internal ImmutableArray<Matrix<T>> Fed { get; }

    /// <summary>0 or 1/(1 − p) for each hidden output, or null where nothing is dropped.</summary>
    internal ImmutableArray<Matrix<T>?> Masks { get; }

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

    /// <summary>Whether hidden outputs are dropped.</summary>
    internal bool HasMasks => Masks.Length > 0 && Masks[0] is not null;

    /// <summary>Which row of the examples each was taken from.</summary>
    internal int[] Rows { get; }

    /// <summary>Whether the rows' targets are class indices.</summary>
    internal bool HasClasses { get; private set; }

    /// <summary>
    /// A workspace for training; where hidden outputs will be dropped it has two matrices more per hidden layer.
    /// </summary>
    internal static Workspace<T> ForTraining(Network network, int capacity, bool dropout) =>
        new(network, capacity, keepEverything: false, dropout, errors: true);

    /// <summary>A workspace for the value flow alone.</summary>
    internal static Workspace<T> ForValues(Network network, int capacity) =>
        new(network, capacity, keepEverything: false, dropout: false, errors: false);

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
    internal Matrix<T> OutputFor(Loss loss) => loss.Kind == LossKind.Plain ? X[^1] : KeptU[^1]!;
}

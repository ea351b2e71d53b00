using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Value flow, loss and error flow of one batch, with everything kept and nothing dropped: what a training step computes, to
/// be looked at. Its numbers are the step's own, bit for bit, and never change. A training step neither makes nor needs one.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// FlowRecord&lt;double> flow = FlowRecord&lt;double>.Of(parameters, new Examples&lt;double>(inputs, targets), Loss.Squared);
/// Console.WriteLine(flow.Layers[0].Delta[row, neuron]);
/// </code>
/// </example>
public sealed class FlowRecord<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Parameters<T> _parameters;
    readonly Parameters<T> _gradient;

    // What the parameters' statistics become of the batch; null where it changes none.
    readonly Parameters<T>? _learnt;

    internal FlowRecord(Parameters<T> parameters, Parameters<T> gradient, Parameters<T>? learnt) =>
        (_parameters, _gradient, _learnt) = (parameters, gradient, learnt);

    /// <summary>The network that the rows flowed through.</summary>
    public Network Network => _parameters.Network;

    /// <summary>The loss.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How the rows' losses made e.</summary>
    public required Reduction Reduction { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>
    /// Whether batch normalisations took mean and variance from the rows at hand, each shard's from its own, as a training
    /// step does. They took the running ones where a shard has a single row, whose variance says nothing; false where there
    /// are none at all.
    /// </summary>
    public required bool UsesBatchStatistics { get; init; }

    /// <summary>X⁰ [rows, inputs].</summary>
    public required ReadOnlyMatrix<T> Inputs { get; init; }

    /// <summary>The codes that go with the inputs [rows, codes].</summary>
    internal CodeMatrix Codes { get; init; } = new(0, 0);

    /// <summary>What the outputs should have been [rows, outputs]; a class is a row with a 1 in its place.</summary>
    public required ReadOnlyMatrix<T> Targets { get; init; }

    /// <summary>Each of the network's <see cref="Network.NumberedLayers"/>; a softmax behind one belongs to it.</summary>
    public required ImmutableArray<LayerRecord<T>> Layers { get; init; }

    /// <summary>∂e/∂X⁰ [rows, inputs].</summary>
    public required ReadOnlyMatrix<T> InputErrors { get; init; }

    /// <summary>ℓ of each row, without its weight.</summary>
    public required ImmutableArray<T> RowLosses { get; init; }

    /// <summary>w of each row.</summary>
    public required ImmutableArray<double> RowWeights { get; init; }

    /// <summary>e = Σwℓ, divided by the number of rows where the reduction is the mean.</summary>
    public required double BatchLoss { get; init; }

    /// <summary>
    /// The shards whose gradients are added in pairs, neighbours first, then pairs of pairs; empty where the batch is not cut.
    /// </summary>
    public required ImmutableArray<ShardRecord<T>> Shards { get; init; }

    /// <summary>Takes a batch through value flow and error flow and keeps all there is to see.</summary>
    /// <param name="parameters">The parameters; they are copied.</param>
    /// <param name="examples">The batch, 1 row or more.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="reduction">How the rows' losses make e.</param>
    /// <param name="shards">Into how many parts the batch is cut, whose gradients are summed apart; 1 or more.</param>
    /// <exception cref="ArgumentException">There is no row, or rows, network and loss do not fit each other.</exception>
    public static FlowRecord<T> Of(
        Parameters<T> parameters, Examples<T> examples, Loss loss, Reduction reduction = Reduction.Mean, int shards = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        examples.ThrowUnlessFits(parameters.Network, loss);
        if (examples.Count == 0)
            throw new ArgumentException("There are no rows to look at.", nameof(examples));
        return FlowRecorder<T>.Record(Copy(parameters), examples, loss, reduction, shards);
    }

    /// <summary>A copy of the parameters that the batch met.</summary>
    public Parameters<T> CopyParameters() => Copy(_parameters);

    /// <summary>A copy of the gradient, as an <see cref="Updater{T}"/> takes it.</summary>
    public Parameters<T> CopyGradient() => Copy(_gradient);

    /// <summary>
    /// Takes what batch normalisations learnt of the batch into running statistics, shard by shard in order, as a training
    /// step does. Nothing else changes, and nothing at all where they used the running ones.
    /// </summary>
    /// <param name="parameters">Parameters of the network, whose running statistics are set to those after the step.</param>
    /// <exception cref="ArgumentException">They are of another network.</exception>
    public void UpdateStatistics(Parameters<T> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!parameters.Network.Layout.Equals(Network.Layout))
            throw new ArgumentException($"Parameters of {parameters.Network} do not fit {Network}.", nameof(parameters));
        for (int i = 0; _learnt is not null && i < Network.Layout.Tensors.Length; i++)
        {
            if (Network.Layout.Tensors[i].Role == TensorRole.Statistic)
                _learnt.Tensors[i].Padded.CopyTo(parameters.Tensors[i].Padded);
        }
    }

    static Parameters<T> Copy(Parameters<T> from)
    {
        var copy = new Parameters<T>(from.Network);
        copy.CopyFrom(from);
        return copy;
    }
}

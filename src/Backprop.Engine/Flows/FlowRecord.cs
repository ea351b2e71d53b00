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

    FlowRecord(Parameters<T> parameters, Parameters<T> gradient, Workspace<T> workspace, Loss loss, Reduction reduction)
    {
        (_parameters, _gradient, Loss, Reduction) = (parameters, gradient, loss, reduction);
        Rows = workspace.Count;
        Inputs = new ReadOnlyMatrix<T>(workspace.Inputs);
        Targets = new ReadOnlyMatrix<T>(TargetValues(workspace));
        InputErrors = new ReadOnlyMatrix<T>(workspace.InputErrors!);
        RowLosses = [.. workspace.Losses.AsSpan(0, workspace.Count)];
        RowWeights = [.. workspace.Weights];
        Layers = [.. Enumerable.Range(0, Network.Layers.Length).Where(k => Network.Layers[k] is Dense).Select((k, dense) => LayerOf(workspace, k, dense))];
    }

    /// <summary>The network that the rows flowed through.</summary>
    public Network Network => _parameters.Network;

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>How the rows' losses made e.</summary>
    public Reduction Reduction { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>X⁰ [rows, inputs].</summary>
    public ReadOnlyMatrix<T> Inputs { get; }

    /// <summary>What the outputs should have been [rows, outputs]; a class is a row with a 1 in its place.</summary>
    public ReadOnlyMatrix<T> Targets { get; }

    /// <summary>Each layer in the order of the value flow.</summary>
    public ImmutableArray<LayerRecord<T>> Layers { get; }

    /// <summary>∂e/∂X⁰ [rows, inputs].</summary>
    public ReadOnlyMatrix<T> InputErrors { get; }

    /// <summary>ℓ of each row, without its weight.</summary>
    public ImmutableArray<T> RowLosses { get; }

    /// <summary>w of each row.</summary>
    public ImmutableArray<double> RowWeights { get; }

    /// <summary>e = Σwℓ, divided by the number of rows where the reduction is the mean.</summary>
    public double BatchLoss { get; private init; }

    /// <summary>
    /// The shards whose gradients are added in pairs, neighbours first, then pairs of pairs; empty where the batch is not cut.
    /// </summary>
    public ImmutableArray<ShardRecord<T>> Shards { get; private init; } = [];

    /// <summary>Takes a batch through value flow and error flow and keeps all there is to see.</summary>
    /// <param name="parameters">The weights and biases; they are copied.</param>
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

        var own = new Parameters<T>(parameters.Network);
        own.CopyFrom(parameters);
        var gradient = new Parameters<T>(parameters.Network);
        var workspace = new Workspace<T>(parameters.Network, examples.Count, keepEverything: true);
        workspace.Load(examples);
        var values = new ValueFlow<T>(parameters.Network);
        var errors = new ErrorFlow<T>(parameters.Network, loss, reduction);
        values.Run(own, workspace);
        double e = errors.Run(own, workspace, gradient);
        ImmutableArray<ShardRecord<T>> records = [];
        if (shards > 1)
        {
            RowRange[] ranges = [.. Enumerable.Range(0, shards)
                .Select(shard => new RowRange(0, examples.Count).Part(shard, shards))];
            Parameters<T>[] gradients = [.. ranges.Select(rows => ShardGradient(own, examples, rows, values, errors))];
            records = [.. ranges.Zip(gradients, RecordOf)];
            var tree = new GradientTree<T>(own.Network, shards);
            for (int shard = 0; shard < shards; shard++)
            {
                tree.RoomFor(shard).CopyFrom(gradients[shard]);
                tree.Add(shard, shards, new RowRange(0, gradient.Buffer.Length));
            }

            gradient = tree.Sum;
        }

        return new FlowRecord<T>(own, gradient, workspace, loss, reduction) { BatchLoss = e, Shards = records };
    }

    /// <summary>What some of the batch's rows add to its gradient.</summary>
    static Parameters<T> ShardGradient(
        Parameters<T> parameters, Examples<T> examples, RowRange rows, ValueFlow<T> values, ErrorFlow<T> errors)
    {
        var gradient = new Parameters<T>(parameters.Network);
        if (rows.Count == 0)
            return gradient;

        var workspace = new Workspace<T>(parameters.Network, rows.Count);
        workspace.Load(examples.Take([.. Enumerable.Range(rows.Start, rows.Count)]));
        values.Run(parameters, workspace);
        errors.SetFactors(workspace, new RowRange(0, rows.Count), examples.Count);
        errors.Deltas(parameters, workspace, Share.All);
        errors.Gradient(workspace, gradient);
        return gradient;
    }

    static ShardRecord<T> RecordOf(RowRange rows, Parameters<T> gradient) => new()
    {
        First = rows.Start,
        Count = rows.Count,
        WeightGradients = [.. gradient.Weights.Select(weights => new ReadOnlyMatrix<T>(weights))],
        BiasGradients = [.. gradient.Biases.Select(View)],
    };

    /// <summary>A copy of the parameters that the batch met.</summary>
    public Parameters<T> CopyParameters() => Copy(_parameters);

    /// <summary>A copy of ∂e/∂W and ∂e/∂b, as an <see cref="Updater{T}"/> takes it.</summary>
    public Parameters<T> CopyGradient() => Copy(_gradient);

    LayerRecord<T> LayerOf(Workspace<T> workspace, int k, int dense)
    {
        LayerFlow<T> flow = workspace.Layers[k];
        LayerFlow<T> end = k + 1 < workspace.Layers.Length && Network.Layers[k + 1] is Softmax ? workspace.Layers[k + 1] : flow;
        bool isJoint = Loss.Kind != LossKind.Plain && end == workspace.Layers[^1];
        return new LayerRecord<T>
        {
            Layer = (Dense)Network.Layers[k],
            Weights = new ReadOnlyMatrix<T>(_parameters.Weights[dense]),
            Biases = View(_parameters.Biases[dense]),
            U = new ReadOnlyMatrix<T>(flow.U!),
            X = new ReadOnlyMatrix<T>(end.X),
            Derivative = end == flow ? new ReadOnlyMatrix<T>(DerivativeOf(flow, (Dense)Network.Layers[k])) : null,
            OutputErrors = isJoint ? null : View(end.OutputErrors),
            Delta = new ReadOnlyMatrix<T>(flow.Delta),
            WeightGradient = new ReadOnlyMatrix<T>(_gradient.Weights[dense]),
            BiasGradient = View(_gradient.Biases[dense]),
        };
    }

    /// <summary>f′ as the error flow takes it: what it makes of errors of 1.</summary>
    static Matrix<T> DerivativeOf(LayerFlow<T> flow, Dense layer)
    {
        var ones = new Matrix<T>(flow.X.Rows, layer.Width);
        for (int row = 0; row < ones.Rows; row++)
            ones[row].Fill(T.One);
        new LayerActivations<T>(layer, LaneWidths.Best).MultiplyByDerivative(flow.U, flow.X, ones, new RowRange(0, ones.Rows));
        return ones;
    }

    static Matrix<T> TargetValues(Workspace<T> workspace)
    {
        for (int row = 0; workspace.HasClasses && row < workspace.Count; row++)
            workspace.Targets[row, workspace.Classes[row]] = T.One;
        return workspace.Targets;
    }

    static ReadOnlyMatrix<T>? View(Matrix<T>? matrix) => matrix is null ? null : new ReadOnlyMatrix<T>(matrix);

    static Parameters<T> Copy(Parameters<T> from)
    {
        var copy = new Parameters<T>(from.Network);
        copy.CopyFrom(from);
        return copy;
    }
}

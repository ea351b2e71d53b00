using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Takes a batch through value flow and error flow as a training step does, shard by shard, in workspaces that keep
/// everything, and reads the <see cref="FlowRecord{T}"/> from them.
/// </summary>
sealed class FlowRecorder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Parameters<T> _parameters;
    readonly Parameters<T> _gradient;
    readonly ImmutableArray<Workspace<T>> _shards;
    readonly Loss _loss;

    FlowRecorder(Parameters<T> parameters, Parameters<T> gradient, ImmutableArray<Workspace<T>> shards, Loss loss) =>
        (_parameters, _gradient, _shards, _loss) = (parameters, gradient, shards, loss);

    Network Network => _parameters.Network;

    /// <summary>The record of a batch that fits the network and the loss; the parameters are its own.</summary>
    public static FlowRecord<T> Record(
        Parameters<T> parameters, Examples<T> examples, Loss loss, Reduction reduction, int shards)
    {
        Network network = parameters.Network;
        RowRange[] ranges = [.. Enumerable.Range(0, shards).Select(shard => new RowRange(0, examples.Count).Part(shard, shards))];
        bool learns = network.NeedsWholeShard && ranges.All(rows => rows.Count != 1);
        var values = new ValueFlow<T>(network);
        var errors = new ErrorFlow<T>(network, loss, reduction);
        var pass = new Pass(-1, NeedsOutput: true, learns);
        var workspaces = ImmutableArray.CreateBuilder<Workspace<T>>();
        var gradients = new Parameters<T>[shards];
        for (int shard = 0; shard < shards; shard++)
        {
            gradients[shard] = new Parameters<T>(network);
            if (ranges[shard].Count == 0)
                continue;

            var workspace = new Workspace<T>(network, ranges[shard].Count, keepEverything: true);
            workspace.Load(examples.Take([.. Enumerable.Range(ranges[shard].Start, ranges[shard].Count)]));
            values.Run(parameters, workspace, pass, new RowRange(0, workspace.Count), Share.All);
            errors.SetFactors(workspace, new RowRange(0, workspace.Count), examples.Count);
            errors.Deltas(parameters, workspace, new RowRange(0, workspace.Count), Share.All);
            errors.Gradient(workspace, gradients[shard]);
            workspaces.Add(workspace);
        }

        var recorder = new FlowRecorder<T>(parameters, Sum(gradients), workspaces.ToImmutable(), loss);
        return recorder.Record(reduction, learns, shards == 1 ? [] : [.. ranges.Zip(gradients, RecordOf)]);
    }

    static Parameters<T> Sum(Parameters<T>[] gradients)
    {
        if (gradients.Length == 1)
            return gradients[0];
        var tree = new GradientTree<T>(gradients[0].Network, new RowRange(0, gradients.Length));
        for (int shard = 0; shard < gradients.Length; shard++)
        {
            tree.RoomFor(shard).CopyFrom(gradients[shard]);
            tree.Add(shard, tree.Elements(Share.All));
        }

        tree.AddBranches(gradients.Length, tree.Elements(Share.All));
        return tree.Sum;
    }

    static ShardRecord<T> RecordOf(RowRange rows, Parameters<T> gradient) => new()
    {
        First = rows.Start,
        Count = rows.Count,
        Gradients = [.. Numbered(gradient.Network).Select(k => gradient.Network.Layout.Of(k)
            .Select(tensor => GradientOf(gradient, tensor)).ToImmutableArray())],
    };

    /// <summary>The numbered layers, as places in the network.</summary>
    static IEnumerable<int> Numbered(Network network) =>
        Enumerable.Range(0, network.Layers.Length).Where(k => network.Layers[k].IsNumbered);

    static ReadOnlyMatrix<T>? GradientOf(Parameters<T> gradient, int tensor) =>
        gradient.Network.Layout.Tensors[tensor].Role == TensorRole.Statistic
            ? null
            : new ReadOnlyMatrix<T>(gradient.Tensors[tensor]);

    FlowRecord<T> Record(Reduction reduction, bool learns, ImmutableArray<ShardRecord<T>> shards)
    {
        CompensatedSum sum = default;
        foreach (Workspace<T> shard in _shards)
        {
            for (int row = 0; row < shard.Count; row++)
                sum.Add(shard.Weights[row] * Rounding.ToDouble(shard.Losses[row]));
        }

        int rows = _shards.Sum(shard => shard.Count);
        return new FlowRecord<T>(_parameters, _gradient, learns ? Learnt() : null)
        {
            Loss = _loss,
            Reduction = reduction,
            Rows = rows,
            UsesBatchStatistics = learns,
            Inputs = View(shard => shard.Inputs),
            Codes = Codes(rows),
            Targets = View(TargetValues),
            InputErrors = View(shard => shard.InputErrors!),
            RowLosses = [.. _shards.SelectMany(shard => shard.Losses.Take(shard.Count))],
            RowWeights = [.. _shards.SelectMany(shard => shard.Weights)],
            BatchLoss = reduction == Reduction.Mean ? sum.Value / rows : sum.Value,
            Layers = [.. Numbered(Network).Select(LayerOf)],
            Shards = shards,
        };
    }

    LayerRecord<T> LayerOf(int k)
    {
        int end = k + 1 < Network.Layers.Length && Network.Layers[k + 1] is Softmax ? k + 1 : k;
        bool isJoint = _loss.Kind != LossKind.Plain && end == Network.Layers.Length - 1;
        bool isDense = Network.Layers[k] is Dense;
        ReadOnlyMatrix<T>? errors = isJoint ? null : View(shard => shard.Layers[end].OutputErrors!);
        Matrix<T> x = Whole(shard => shard.Layers[end].X);
        Matrix<T> u = isDense || end > k ? Whole(shard => isDense ? shard.Layers[k].U! : shard.Layers[k].X) : x;
        return new LayerRecord<T>
        {
            Number = Network.Layout.NumberOf(k),
            Layer = Network.Layers[k],
            Tensors = [.. Network.Layout.Of(k).Select(tensor => new TensorRecord<T>
            {
                Tensor = Network.Layout.Tensors[tensor],
                Values = new ReadOnlyMatrix<T>(_parameters.Tensors[tensor]),
                Gradient = GradientOf(_gradient, tensor),
            })],
            U = new ReadOnlyMatrix<T>(u),
            X = new ReadOnlyMatrix<T>(x),
            Derivative = Network.Layers[k] is Dense dense && end == k ? new ReadOnlyMatrix<T>(DerivativeOf(dense, u, x)) : null,
            OutputErrors = errors,
            Normalised = Own(k, flow => flow.Normalised),
            ShardMeans = Own(k, flow => flow.OfShard?.Mean),
            ShardVariances = Own(k, flow => flow.OfShard?.Variance),

            // Dense layers make ∂e/∂U of ∂e/∂X in place; what others make of it there is for themselves.
            Delta = isDense ? View(shard => shard.Layers[k].Delta)
                : end == k ? errors! : View(shard => shard.Layers[k].OutputErrors!),
        };
    }

    /// <summary>What the shards' own statistics make of the running ones.</summary>
    Parameters<T> Learnt()
    {
        var learnt = new Parameters<T>(Network);
        learnt.CopyFrom(_parameters);
        foreach (Workspace<T> shard in _shards)
        {
            foreach (LayerFlow<T> layer in shard.Layers)
            {
                if (layer.NeedsWholeShard)
                    layer.UpdateStatistics(learnt);
            }
        }

        return learnt;
    }

    /// <summary>What some kinds of layer have beside what every layer has; null for the others.</summary>
    ReadOnlyMatrix<T>? Own(int k, Func<LayerFlow<T>, Matrix<T>?> of) =>
        of(_shards[0].Layers[k]) is null ? null : View(shard => of(shard.Layers[k])!);

    CodeMatrix Codes(int rows)
    {
        var codes = new CodeMatrix(rows, Network.Codes);
        int first = 0;
        foreach (Workspace<T> shard in _shards)
        {
            for (int row = 0; row < shard.Count; row++)
                shard.Codes[row].CopyTo(codes[first + row]);
            first += shard.Count;
        }

        return codes;
    }

    /// <summary>f′ as the error flow takes it: what it makes of errors of 1.</summary>
    static Matrix<T> DerivativeOf(Dense layer, Matrix<T> u, Matrix<T> x)
    {
        var ones = new Matrix<T>(x.Rows, layer.Width);
        for (int row = 0; row < ones.Rows; row++)
            ones[row].Fill(T.One);
        new LayerActivations<T>(layer, LaneWidths.Best).MultiplyByDerivative(u, x, ones, new RowRange(0, ones.Rows));
        return ones;
    }

    static Matrix<T> TargetValues(Workspace<T> workspace)
    {
        for (int row = 0; workspace.HasClasses && row < workspace.Count; row++)
            workspace.Targets[row, workspace.Classes[row]] = T.One;
        return workspace.Targets;
    }

    ReadOnlyMatrix<T> View(Func<Workspace<T>, Matrix<T>> of) => new(Whole(of));

    /// <summary>A matrix of the shards' rows, one after the other.</summary>
    Matrix<T> Whole(Func<Workspace<T>, Matrix<T>> of)
    {
        if (_shards.Length == 1)
            return of(_shards[0]);
        ImmutableArray<Matrix<T>> parts = [.. _shards.Select(of)];
        var whole = new Matrix<T>(parts.Sum(part => part.Rows), parts[0].Columns);
        int first = 0;
        foreach (Matrix<T> part in parts)
        {
            for (int row = 0; row < part.Rows; row++)
                part[row].CopyTo(whole[first + row]);
            first += part.Rows;
        }

        return whole;
    }
}

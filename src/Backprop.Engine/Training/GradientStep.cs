using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// One step, gradient → exchange → update, by all members of a crew or one of them alone: each takes pieces of the batch's rows
/// through value flow, loss and error flow, then pieces of tensors through gradient and update.
/// Only where the gradient's norm decides the update, or shards are added, does that wait for the whole gradient.
/// Members divide outputs, never a sum, so their number changes no bit.
/// </summary>
/// <param name="parameters">The parameters, which a step changes.</param>
/// <param name="gradients">Where the shards' gradients go.</param>
/// <param name="errors">The loss and the errors that follow from it.</param>
/// <param name="updater">The update.</param>
/// <param name="workspace">Room for the rows of a chunk.</param>
sealed class GradientStep<T>(
    Parameters<T> parameters, GradientTree<T> gradients, ErrorFlow<T> errors, Updater<T> updater, Workspace<T> workspace)
    : ICrewJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ValueFlow<T> _values = new(parameters.Network);
    readonly StepPieces _alone = new(parameters.Network, 1);
    readonly StepPieces? _together;
    int _epoch;
    int[] _order = [];
    RowRange _batch;
    T[] _losses = [];
    int _firstLoss;
    volatile bool _isFinite;

    /// <summary>Who takes the step.</summary>
    public required Crew Crew
    {
        get;
        init => (field, _together) = (value, value.Members == 1 ? _alone : new StepPieces(parameters.Network, value.Members));
    }

    /// <summary>The training rows.</summary>
    public required Examples<T> Examples { get; init; }

    /// <summary>The other ranks.</summary>
    public required IExchange<T> Exchange { get; init; }

    /// <summary>Into how many parts the batch is cut.</summary>
    public required int Shards { get; init; }

    /// <summary>
    /// Whether every row's loss was finite; otherwise no gradient was applied, though statistics of shards before were taken in.
    /// </summary>
    public bool IsFinite => _isFinite;

    /// <summary>Whether no parameter can be updated before the whole gradient is there.</summary>
    bool NeedsWholeGradient => updater.NeedsNorm || Shards > 1;

    /// <summary>Says what the next step is.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="order">The epoch's rows in order.</param>
    /// <param name="batch">Which positions of the order are the batch's.</param>
    /// <param name="losses">Receives the rows' losses.</param>
    /// <param name="firstLoss">Where the first row's goes.</param>
    public void Begin(int epoch, int[] order, RowRange batch, T[] losses, int firstLoss)
    {
        (_epoch, _order, _batch, _losses, _firstLoss, _isFinite) = (epoch, order, batch, losses, firstLoss, true);
        _alone.Reset();
        _together?.Reset();
    }

    void ICrewJob.Run(int member, int members)
    {
        var share = new Share(Crew, member, members);
        RowRange own = Exchange.OwnShards(Shards);
        for (int shard = own.Start; shard < own.End; shard++)
        {
            RunShard(new RowRange(0, _batch.Count).Part(shard, Shards), gradients.RoomFor(shard), share);
            if (Shards > 1)
                gradients.Add(shard, gradients.Elements(share));
        }

        if (Shards > 1)
        {
            Exchange.AddGradients(gradients, Shards, share);
            share.Meet();
        }

        if (NeedsWholeGradient && _isFinite)
            Update(share);
    }

    /// <summary>The gradient of some of the batch's rows, and the update where nothing more is needed for it.</summary>
    void RunShard(RowRange rows, Parameters<T> gradient, Share share)
    {
        if (rows.Count == 0)
        {
            // Only where a short last batch has fewer rows than there are shards.
            RowRange elements = gradients.Elements(share);
            gradient.Buffer.Span[elements.Start..elements.End].Clear();
        }

        for (int done = 0; done < rows.Count; done += workspace.Capacity)
        {
            var chunk = new RowRange(rows.Start + done, Math.Min(rows.Start + done + workspace.Capacity, rows.End));
            bool last = chunk.End == _batch.Count;
            Flow(chunk, share);
            share.Meet();
            // Every member looks at all losses: each must know, before the others are done, whether the step is taken.
            if (!AreFinite(chunk))
                _isFinite = false;
            bool updates = last && !NeedsWholeGradient && _isFinite;
            GradientAndUpdate(gradient, chunk.Count, goOn: done > 0, updates, share);
            if (!last || NeedsWholeGradient)
                share.Meet();
        }
    }

    StepPieces PiecesOf(Share share) => share.IsAlone ? _alone : _together!;

    /// <summary>The flows of a chunk: by pieces as members come free, unless a layer has them all meet on the way.</summary>
    void Flow(RowRange chunk, Share share)
    {
        StepPieces pieces = PiecesOf(share);
        workspace.Begin(chunk.Count, Examples.HasClasses);
        if (parameters.Network.NeedsWholeShard)
        {
            FlowRows(chunk, share.Of(chunk.Count), share);
        }
        else
        {
            while (share.Take(pieces.Rows) is var piece and >= 0)
            {
                if (pieces.RowsOf(piece, chunk.Count) is { Count: > 0 } rows)
                    FlowRows(chunk, rows, share);
            }
        }

        if (share.IsFirst)
            pieces.Parts.Reset();
    }

    void FlowRows(RowRange chunk, RowRange rows, Share share)
    {
        Examples.Gather(workspace, rows, _batch.Start + chunk.Start, _order);
        errors.SetFactors(workspace, rows, _batch.Count);
        var pass = new Pass(_epoch, NeedsOutput: errors.Loss.Kind == LossKind.Plain, Learns: true);
        _values.Run(parameters, workspace, pass, rows, share);
        errors.Deltas(parameters, workspace, rows, share);
        workspace.Losses.AsSpan(rows.Start, rows.Count).CopyTo(_losses.AsSpan(_firstLoss + chunk.Start + rows.Start));
    }

    /// <summary>The gradient of a chunk by pieces, each updated at once, while it is in the cache, where it is whole.</summary>
    void GradientAndUpdate(Parameters<T> gradient, int count, bool goOn, bool updates, Share share)
    {
        StepPieces pieces = PiecesOf(share);
        while (share.Take(pieces.Parts) is var piece and >= 0)
        {
            (int layer, RowRange part) = pieces.PartOf(piece);
            workspace.Layers[layer].Gradient(gradient, part, count, goOn);
            if (updates)
                updater.Apply(parameters, gradient, layer, part);
        }

        if (!share.IsFirst)
            return;
        pieces.Rows.Reset();
        for (int k = 0; k < workspace.Layers.Length && _isFinite; k++)
            workspace.Layers[k].UpdateStatistics(parameters);
    }

    bool AreFinite(RowRange chunk)
    {
        bool areFinite = true;
        foreach (T loss in _losses.AsSpan(_firstLoss + chunk.Start, chunk.Count))
            areFinite &= T.IsFinite(loss);
        return areFinite;
    }

    /// <summary>The update by slices of the whole buffer, once the whole gradient is there.</summary>
    void Update(Share share)
    {
        if (updater.NeedsNorm)
        {
            updater.MeasureGradient(parameters, gradients.Sum, share);
            share.Meet();
        }

        updater.Apply(parameters, gradients.Sum, share);
    }
}

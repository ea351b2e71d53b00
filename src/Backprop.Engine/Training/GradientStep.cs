using System.Diagnostics;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// One step, gradient → exchange → update, by all members of a crew: each takes some of the batch's rows through value
/// flow, loss and error flow, then some of each weight matrix's rows through gradient and update, layer by layer.
/// Only where the gradient's norm decides the update does that wait for the whole gradient.
/// Members divide outputs, never a sum, so their number changes no bit.
/// </summary>
sealed class GradientStep<T> : ICrewJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most rows computed at a time; the gradient's sums go on from one such chunk to the next.</summary>
    internal const int ChunkRows = 512;

    readonly Crew _crew;
    readonly ValueFlow<T> _values;
    readonly ErrorFlow<T> _errors;
    readonly Updater<T> _updater;
    readonly Workspace<T> _workspace;
    readonly Parameters<T> _parameters;
    readonly Parameters<T>[] _gradients;
    readonly Examples<T> _examples;
    readonly int[] _order;
    readonly NarrowStep<T>? _narrow;
    readonly Pace? _pace;
    readonly CompensatedSum[] _batchSums;
    int _epoch;
    int _start;
    int _count;
    int _factorsCount;

    public GradientStep(
        Crew crew, TrainingOptions options, Examples<T> examples, int[] order, Parameters<T> parameters,
        UpdateState<T> state, LaneWidth width, Pace? pace = null, int chunkRows = ChunkRows)
    {
        Network network = parameters.Network;
        (_crew, _examples, _order, _parameters, _pace) = (crew, examples, order, parameters, pace);
        _batchSums = new CompensatedSum[crew.Members];
        _values = new ValueFlow<T>(network);
        _errors = new ErrorFlow<T>(network, options.Loss, options.Reduction, width);
        _updater = new Updater<T>(network, options.Update, width, state);
        _gradients = [.. Enumerable.Range(0, options.Shards).Select(_ => new Parameters<T>(network))];
        int batch = options.BatchSize == 0 ? examples.Count : Math.Min(options.BatchSize, examples.Count);
        bool narrow = NarrowStep<T>.Fits(network, options, batch, width);
        int capacity = narrow ? NarrowStep<T>.CapacityFor(batch) : Math.Min(batch, chunkRows);
        _workspace = new Workspace<T>(network, capacity, WorkspaceUse.Learning, width, options.Seed);
        _narrow = narrow ? new NarrowStep<T>(parameters, Gradient, _errors, _workspace, width) : null;
    }

    /// <summary>Σ wℓ over the epoch's rows so far, in their order.</summary>
    public CompensatedSum EpochSum;

    /// <summary>The whole batch's gradient, where all shards' are added.</summary>
    Parameters<T> Gradient => _gradients[0];

    /// <summary>Whether no parameter can be updated before the whole gradient is there.</summary>
    bool NeedsWholeGradient => _updater.NeedsNorm || _gradients.Length > 1;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>Takes one step from the rows at the given positions of the epoch's order.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="start">The first position.</param>
    /// <param name="count">How many rows the batch has.</param>
    /// <param name="totalSteps">How many steps the training has if nothing stops it.</param>
    /// <returns>The batch's loss before the update. Where it is not finite, nothing was updated.</returns>
    public double Run(int epoch, int start, int count, long totalSteps)
    {
        LearningRate = _updater.LearningRate(epoch - 1, totalSteps);
        (_epoch, _start, _count) = (epoch, start, count);
        Array.Clear(_batchSums);
        _workspace.Begin(Math.Min(count, _workspace.Capacity), _examples.HasClasses);
        _updater.BeginStep(LearningRate);
        if (_narrow is not null)
            RunNarrow(_narrow);
        else if (_pace is not null)
            RunInPace(_pace);
        else
            _crew.Run(this);
        return LossBy(0);
    }

    void RunInPace(Pace pace)
    {
        long start = Stopwatch.GetTimestamp();
        if (pace.Together)
            _crew.Run(this);
        else
            ((ICrewJob)this).Run(0, 1);
        pace.Add(Stopwatch.GetTimestamp() - start);
    }

    /// <summary>The batch's loss, as a member has added it up: the same for all, without waiting for one of them.</summary>
    double LossBy(int member) =>
        _errors.Reduction == Reduction.Mean ? _batchSums[member].Value / _count : _batchSums[member].Value;

    void ICrewJob.Run(int member, int members)
    {
        for (int shard = 0; shard < _gradients.Length; shard++)
            RunShard(new RowRange(0, _count).Part(shard, _gradients.Length), _gradients[shard], member, members);
        if (_gradients.Length > 1)
        {
            ShardTree.Add(_gradients, _updater.Elements(member, members));
            Meet(members);
        }

        if (NeedsWholeGradient)
            Update(member, members);
    }

    /// <summary>The gradient of some of the batch's rows, and the update where nothing more is needed for it.</summary>
    void RunShard(RowRange rows, Parameters<T> gradient, int member, int members)
    {
        if (rows.Count == 0)
        {
            // Only where a short last batch has fewer rows than there are shards.
            RowRange elements = _updater.Elements(member, members);
            gradient.Buffer.Span[elements.Start..elements.End].Clear();
        }

        for (int done = 0; done < rows.Count; done += _workspace.Capacity)
        {
            var chunk = new RowRange(0, Math.Min(_workspace.Capacity, rows.Count - done));
            bool last = rows.Start + done + chunk.Count == _count;
            FlowRows(chunk.Part(member, members), _start + rows.Start + done);
            Meet(members);
            // Every member adds up all losses: each must know, before the others are done, whether the step is taken.
            AddLosses(chunk, member);
            bool updates = last && !NeedsWholeGradient && double.IsFinite(LossBy(member));
            for (int k = 0; k < _parameters.Network.Layers.Length; k++)
            {
                RowRange part = new RowRange(0, _parameters.Network.Layout.PartsOf(k)).Part(member, members);
                _workspace.Layers[k].Gradient(gradient, part, chunk.Count, goOn: done > 0);
                if (updates)
                    _updater.Apply(_parameters, gradient, k, part);
            }

            if (!last || NeedsWholeGradient)
                Meet(members);
        }
    }

    /// <summary>Waits for the other members, where there are some.</summary>
    void Meet(int members)
    {
        if (members > 1)
            _crew.Barrier();
    }

    /// <summary>The step of a network too small for a crew: all of it on the caller's thread.</summary>
    void RunNarrow(NarrowStep<T> narrow)
    {
        for (int done = 0; done < _count; done += _workspace.Capacity)
        {
            var chunk = new RowRange(0, Math.Min(_workspace.Capacity, _count - done));
            _examples.Gather(_workspace, chunk, _start + done, _order);
            if (_examples.IsWeighted || _count != _factorsCount)
                _errors.SetFactors(_workspace, chunk, _count);
            narrow.Run(chunk.Count, goOn: done > 0);
            AddLosses(chunk, 0);
        }

        // Without weights the next batch of as many rows has the same factors: every chunk's are the first's.
        _factorsCount = _count;
        Update(0, 1);
    }

    /// <summary>The update by slices of the whole buffer, once the whole gradient is there.</summary>
    void Update(int member, int members)
    {
        if (!double.IsFinite(LossBy(member)))
            return;

        if (_updater.NeedsNorm)
        {
            _updater.MeasureGradient(_parameters, Gradient, member, members);
            Meet(members);
        }

        _updater.Apply(_parameters, Gradient, member, members);
    }

    void FlowRows(RowRange rows, int position)
    {
        if (rows.Count == 0)
            return;

        _examples.Gather(_workspace, rows, position, _order);
        _values.Run(_parameters, _workspace, rows, new Pass(_epoch, NeedsOutput: _errors.Loss.Kind == LossKind.Plain));
        _errors.SetFactors(_workspace, rows, _count);
        _errors.Deltas(_parameters, _workspace, rows);
    }

    void AddLosses(RowRange chunk, int member)
    {
        // Locals stay in registers.
        CompensatedSum batch = _batchSums[member], epoch = EpochSum;
        ReadOnlySpan<T> losses = _workspace.Losses.AsSpan(0, chunk.Count);
        ReadOnlySpan<double> weights = _workspace.Weights.AsSpan(0, chunk.Count);
        for (int row = 0; row < losses.Length; row++)
        {
            double loss = weights[row] * Rounding.ToDouble(losses[row]);
            batch.Add(loss);
            epoch.Add(loss);
        }

        _batchSums[member] = batch;
        if (member == 0)
            EpochSum = epoch;
    }
}

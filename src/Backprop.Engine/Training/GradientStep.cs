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
    readonly Parameters<T> _gradient;
    readonly Examples<T> _examples;
    readonly int[] _order;
    readonly NarrowStep<T>? _narrow;
    readonly Pace? _pace;
    int _epoch;
    int _start;
    int _count;
    CompensatedSum _batchSum;

    public GradientStep(
        Crew crew, TrainingOptions options, Examples<T> examples, int[] order, Parameters<T> parameters,
        UpdateState<T> state, LaneWidth width, Pace? pace = null, int chunkRows = ChunkRows)
    {
        Network network = parameters.Network;
        Dropout<T>? dropout = options.Dropout > 0 ? new Dropout<T>(options.Dropout, options.Seed) : null;
        (_crew, _examples, _order, _parameters, _pace) = (crew, examples, order, parameters, pace);
        _values = new ValueFlow<T>(network, width, dropout);
        _errors = new ErrorFlow<T>(network, options.Loss, options.Reduction, width);
        _updater = new Updater<T>(network, options.Update, width, state);
        _gradient = new Parameters<T>(network);
        int batch = options.BatchSize == 0 ? examples.Count : Math.Min(options.BatchSize, examples.Count);
        if (NarrowStep<T>.Fits(network, options, batch, width))
        {
            chunkRows = NarrowStep<T>.CapacityFor(batch);
            _narrow = new NarrowStep<T>(parameters, _gradient, _errors, width, chunkRows);
        }

        _workspace = Workspace<T>.ForTraining(network, _narrow is null ? Math.Min(batch, chunkRows) : chunkRows, dropout is not null);
    }

    /// <summary>Σ wℓ over the epoch's rows so far, in their order.</summary>
    public CompensatedSum EpochSum;

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
        _batchSum = default;
        _workspace.Begin(Math.Min(count, _workspace.Capacity), _examples.HasClasses);
        _updater.BeginStep(LearningRate);
        if (_narrow is not null)
            RunNarrow(_narrow);
        else if (_pace is not null)
            RunInPace(_pace);
        else
            _crew.Run(this);
        return LossOf(_batchSum);
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

    double LossOf(in CompensatedSum losses) => _errors.Reduction == Reduction.Mean ? losses.Value / _count : losses.Value;

    void ICrewJob.Run(int member, int members)
    {
        // Every member adds up all losses: each must know, before the others are done, whether the step is taken.
        CompensatedSum losses = default;
        for (int done = 0; done < _count; done += _workspace.Capacity)
        {
            var chunk = new RowRange(0, Math.Min(_workspace.Capacity, _count - done));
            bool last = done + chunk.Count == _count;
            FlowRows(chunk.Part(member, members), _start + done);
            Meet(members);
            AddLosses(chunk, ref losses);
            if (member == 0)
                AddLosses(chunk, ref EpochSum);
            bool update = last && !_updater.NeedsNorm && double.IsFinite(LossOf(losses));
            for (int k = 0; k < _parameters.Network.Layers.Length; k++)
            {
                RowRange inputs = new RowRange(0, _parameters.Network.InputsOf(k)).Part(member, members);
                _errors.Gradient(_workspace, chunk.Count, _gradient, k, inputs, goOn: done > 0);
                if (update)
                    _updater.Apply(_parameters, _gradient, k, inputs);
            }

            if (!last || _updater.NeedsNorm)
                Meet(members);
        }

        if (member == 0)
            _batchSum = losses;
        if (_updater.NeedsNorm)
            Update(member, members, LossOf(losses));
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
            _errors.SetFactors(_workspace, chunk, _count);
            narrow.Run(_workspace, chunk.Count, goOn: done > 0);
            AddLosses(chunk, ref _batchSum);
            AddLosses(chunk, ref EpochSum);
        }

        Update(0, 1, LossOf(_batchSum));
    }

    /// <summary>The update by slices of the whole buffer, once the whole gradient is there.</summary>
    void Update(int member, int members, double loss)
    {
        if (!double.IsFinite(loss))
            return;

        if (_updater.NeedsNorm)
        {
            _updater.MeasureGradient(_parameters, _gradient, member, members);
            Meet(members);
        }

        _updater.Apply(_parameters, _gradient, member, members);
    }

    void FlowRows(RowRange rows, int position)
    {
        if (rows.Count == 0)
            return;

        _examples.Gather(_workspace, rows, position, _order);
        _values.Run(_parameters, _workspace, rows, needsOutput: _errors.Loss.Kind == LossKind.Plain, _epoch);
        _errors.SetFactors(_workspace, rows, _count);
        _errors.Deltas(_parameters, _workspace, rows);
    }

    void AddLosses(RowRange chunk, ref CompensatedSum sum)
    {
        for (int row = 0; row < chunk.Count; row++)
            sum.Add(_workspace.Weights[row] * Rounding.ToDouble(_workspace.Losses[row]));
    }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Trains a network by steps of gradient descent in one of its forms. The parameters it gives are a function of the
/// rows, the starting parameters and the options alone: not of threads, vector width or machine.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TrainingOptions _options;
    readonly CpuOptions _cpu;

    /// <summary>A trainer.</summary>
    /// <param name="options">What is to be done.</param>
    /// <param name="threads">
    /// How many threads take part at most; changes no bit. 0 for as many as the work pays for. Steps are taken by one of them
    /// where that is faster.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Trainer(TrainingOptions options, int threads = 0)
        : this(options, new CpuOptions(threads, LaneWidths.Best) { InPace = true })
    {
    }

    internal Trainer(TrainingOptions options, CpuOptions cpu)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(cpu.Threads, nameof(cpu));
        (_options, _cpu) = (options, cpu);
    }

    /// <summary>Trains, starting from the given parameters, which it changes.</summary>
    /// <param name="parameters">The parameters to start from; afterwards those of the last step.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="validation">What to measure after each epoch; with it the best epoch's parameters are kept.</param>
    /// <param name="observer">Is told of every step and epoch.</param>
    /// <param name="cancellation">Ends the training between two steps; the result is what there is by then.</param>
    /// <exception cref="ArgumentException">Rows, loss and network do not fit each other.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a parameter is not finite any more.</exception>
    public TrainingResult<T> Train(
        Parameters<T> parameters, Examples<T> training, IValidation<T>? validation = null,
        ITrainingObserver? observer = null, CancellationToken cancellation = default) =>
        Train(new TrainingState<T>(parameters, _options), training, validation, observer, null, cancellation);

    /// <summary>
    /// Trains on from where a training stands, which it changes: the same bits as without the interruption, if rows, options
    /// and validation are the same. Threads need not be.
    /// </summary>
    /// <param name="state">Where the training stands; afterwards where it stands then.</param>
    /// <param name="training">The training rows.</param>
    /// <param name="validation">What to measure after each epoch; with it the best epoch's parameters are kept.</param>
    /// <param name="observer">Is told of every step and epoch.</param>
    /// <param name="stateObserver">Is shown the state before every step and at the end.</param>
    /// <param name="cancellation">Ends the training between two steps; the result is what there is by then.</param>
    /// <exception cref="ArgumentException">Rows, loss, network and state do not fit each other.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a parameter is not finite any more.</exception>
    public TrainingResult<T> Train(
        TrainingState<T> state, Examples<T> training, IValidation<T>? validation = null,
        ITrainingObserver? observer = null, IStateObserver<T>? stateObserver = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        Parameters<T> parameters = state.Parameters;
        ArgumentNullException.ThrowIfNull(training);
        training.ThrowUnlessFits(parameters.Network, _options.Loss);
        if (training.Count == 0)
            throw new ArgumentException("There are no rows to train on.");
        if (!(training.TotalWeight() > 0))
            throw new ArgumentException("No row to train on has a weight above 0.");
        if (_options.Patience > 0 && validation is null)
            throw new ArgumentException("Patience needs a validation to wait for.");
        if (_options.Update.Schedule.NeedsMetric && validation is null)
            throw new ArgumentException($"The schedule {_options.Update.Schedule} follows a validation, and there is none.");

        int batch = _options.BatchOf(training.Count);
        WholeShards.ThrowUnlessFit(parameters.Network, _options.Shards, training.Count, batch);
        ThrowUnlessBetweenSteps(state, training.Count, batch);
        var exchange = new Alone<T>();
        using var engine = new CpuEngine<T>(parameters.Network, _options, training, exchange, _cpu);
        var watchers = new Watchers<T>(validation, observer, stateObserver);
        return new TrainingLoop<T>(_options, state, training, watchers, engine, exchange).Run(cancellation);
    }

    /// <summary>A state read from a file may be of other rows or another batch size.</summary>
    static void ThrowUnlessBetweenSteps(TrainingState<T> state, int rows, int batch)
    {
        long steps = (state.Epoch - 1L) * ((rows + batch - 1) / batch) + state.EpochRows / batch;
        if (state.Epoch < 1 || state.EpochRows < 0 || state.EpochRows >= rows || state.EpochRows % batch != 0
            || state.Update.Step != steps)
        {
            throw new ArgumentException(
                $"The state, {Counted.Of(state.EpochRows, "row")} into epoch {state.Epoch} after "
                + $"{Counted.Of(state.Update.Step, "step")}, is of no training by batches of {batch} of "
                + $"{Counted.Of(rows, "row")}.");
        }
    }
}

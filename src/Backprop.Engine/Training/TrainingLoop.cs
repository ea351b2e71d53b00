using System.Numerics;

namespace Backprop.Engine;

/// <summary>One training on its way: epochs of steps, and after each epoch the validation.</summary>
sealed class TrainingLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TrainingOptions _options;
    readonly Parameters<T> _parameters;
    readonly Examples<T> _training;
    readonly IValidation<T>? _validation;
    readonly ITrainingObserver? _observer;
    readonly UpdateState<T> _state;
    readonly GradientStep<T> _step;
    readonly BestEpoch<T>? _best;
    readonly int[] _order;
    readonly int _batch;
    readonly long _steps;
    readonly double _totalWeight;
    readonly double[] _metrics;
    readonly Schedule _schedule;
    long _rowsTaken;

    public TrainingLoop(
        Crew crew, TrainingOptions options, Parameters<T> parameters, Examples<T> training, IValidation<T>? validation,
        ITrainingObserver? observer, LaneWidth width, int chunkRows, Pace? pace)
    {
        (_options, _parameters, _training, _validation, _observer) = (options, parameters, training, validation, observer);
        _batch = options.BatchSize == 0 ? training.Count : Math.Min(options.BatchSize, training.Count);
        _steps = (long)options.Epochs * ((training.Count + _batch - 1) / _batch);
        _totalWeight = training.TotalWeight();
        _order = [.. Enumerable.Range(0, training.Count)];
        _metrics = new double[validation?.Metrics.Length ?? 0];
        _best = validation is null ? null : new BestEpoch<T>(parameters.Network, validation.HigherIsBetter);
        _schedule = options.Update.Schedule;
        _state = new UpdateState<T>(parameters.Network, options.Update);
        _step = new GradientStep<T>(crew, options, training, _order, parameters, _state, width, pace, chunkRows);
    }

    public TrainingResult<T> Run(CancellationToken cancellation)
    {
        double loss = double.NaN;
        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            if (!Pass(epoch, cancellation))
                return Result(epoch - 1, loss, StopReason.Cancelled);

            loss = _step.EpochSum.Value / _totalWeight;
            ThrowUnlessFinite(epoch, loss);
            bool isBest = Validate(epoch);
            _observer?.OnEpoch(new EpochEvent
            {
                Epoch = epoch,
                Step = _state.Step,
                Loss = loss,
                LearningRate = _step.LearningRate,
                MetricNames = _validation is null ? default : _validation.Metrics.AsSpan(),
                Metrics = _metrics,
                IsBest = isBest,
            });
            if (_options.Patience > 0 && epoch - _best!.Epoch >= _options.Patience)
                return Result(epoch, loss, StopReason.NoImprovement);
        }

        return Result(_options.Epochs, loss, StopReason.Completed);
    }

    /// <summary>One epoch's steps; false where it was cancelled before the last.</summary>
    bool Pass(int epoch, CancellationToken cancellation)
    {
        if (_options.Shuffle)
        {
            for (int i = 0; i < _order.Length; i++)
                _order[i] = i;
            CounterRandom.Shuffle(_order, _options.Seed, RandomPurpose.Shuffle, (uint)epoch);
        }

        _step.EpochSum = default;
        for (int start = 0; start < _order.Length; start += _batch)
        {
            if (cancellation.IsCancellationRequested)
                return false;

            int count = Math.Min(_batch, _order.Length - start);
            double loss = _step.Run(epoch, start, count, _steps);
            if (!double.IsFinite(loss))
                throw new TrainingDivergedException(epoch, _state.Step, "the loss", loss, _step.LearningRate);

            _rowsTaken += count;
            _observer?.OnStep(
                new StepEvent(epoch, _state.Step, _steps, start + count, loss, _step.LearningRate));
        }

        return true;
    }

    bool Validate(int epoch)
    {
        if (_validation is null)
            return true;

        _validation.Measure(_parameters, _metrics);
        double watched = _metrics[_validation.Watched];
        _state.Plateau = _schedule.Observe(_state.Plateau, watched, _validation.HigherIsBetter);
        return _best!.Offer(epoch, watched, _parameters);
    }

    TrainingResult<T> Result(int epochs, double loss, StopReason stopped) => new()
    {
        Parameters = _best is { Epoch: > 0 } ? _best.Parameters : _parameters,
        Epochs = epochs,
        BestEpoch = _best is { Epoch: > 0 } ? _best.Epoch : epochs,
        Steps = _state.Step,
        RowsTaken = _rowsTaken,
        Loss = loss,
        Stopped = stopped,
    };

    /// <summary>The last step of an epoch may have made parameters that no later loss will see.</summary>
    void ThrowUnlessFinite(int epoch, double loss)
    {
        foreach (T value in _parameters.Buffer.Span)
        {
            if (!T.IsFinite(value))
            {
                throw new TrainingDivergedException(
                    epoch, _state.Step, "a parameter", Rounding.ToDouble(value), _step.LearningRate);
            }
        }

        if (!double.IsFinite(loss))
            throw new TrainingDivergedException(epoch, _state.Step, "the loss", loss, _step.LearningRate);
    }
}

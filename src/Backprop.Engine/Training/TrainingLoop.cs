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
    readonly IStateObserver<T>? _stateObserver;
    readonly TrainingState<T> _state;
    readonly GradientStep<T> _step;
    readonly int[] _order;
    readonly int _batch;
    readonly long _steps;
    readonly double _totalWeight;
    readonly double[] _metrics;
    readonly Schedule _schedule;

    public TrainingLoop(
        Crew crew, TrainingOptions options, TrainingState<T> state, Examples<T> training, IValidation<T>? validation,
        ITrainingObserver? observer, IStateObserver<T>? stateObserver, LaneWidth width, int chunkRows, Pace? pace)
    {
        (_options, _state, _parameters, _training) = (options, state, state.Parameters, training);
        (_validation, _observer, _stateObserver) = (validation, observer, stateObserver);
        _batch = options.BatchSize == 0 ? training.Count : Math.Min(options.BatchSize, training.Count);
        _steps = (long)options.Epochs * ((training.Count + _batch - 1) / _batch);
        state.TotalSteps = _steps;
        _totalWeight = training.TotalWeight();
        _order = [.. Enumerable.Range(0, training.Count)];
        _metrics = new double[validation?.Metrics.Length ?? 0];
        _schedule = options.Update.Schedule;
        _step = new GradientStep<T>(crew, options, training, _order, _parameters, state.Update, width, pace, chunkRows)
        {
            EpochSum = state.EpochSum,
        };
    }

    public TrainingResult<T> Run(CancellationToken cancellation)
    {
        while (_state.Epoch <= _options.Epochs)
        {
            if (HasWaitedEnough)
                return Result(StopReason.NoImprovement);
            if (!Pass(_state.Epoch, cancellation))
                return Result(StopReason.Cancelled);

            double loss = _step.EpochSum.Value / _totalWeight;
            ThrowUnlessFinite(_state.Epoch, loss);
            bool isBest = Validate(_state.Epoch);
            _observer?.OnEpoch(new EpochEvent
            {
                Epoch = _state.Epoch,
                Step = _state.Update.Step,
                Loss = loss,
                LearningRate = _step.LearningRate,
                MetricNames = _validation is null ? default : _validation.Metrics.AsSpan(),
                Metrics = _metrics,
                IsBest = isBest,
            });
            (_state.Epoch, _state.EpochRows, _state.Loss) = (_state.Epoch + 1, 0, loss);
            _step.EpochSum = default;
        }

        return Result(HasWaitedEnough ? StopReason.NoImprovement : StopReason.Completed);
    }

    /// <summary>Whether so many epochs in a row were no better that it is time to stop.</summary>
    bool HasWaitedEnough => _options.Patience > 0 && _state.Epoch - 1 - _state.Best.Epoch >= _options.Patience;

    /// <summary>An epoch's steps, from where it stands; false where it was cancelled before the last.</summary>
    bool Pass(int epoch, CancellationToken cancellation)
    {
        if (_options.Shuffle)
        {
            for (int i = 0; i < _order.Length; i++)
                _order[i] = i;
            CounterRandom.Shuffle(_order, _options.Seed, RandomPurpose.Shuffle, (uint)epoch);
        }

        while (_state.EpochRows < _order.Length)
        {
            if (cancellation.IsCancellationRequested)
                return false;
            if (_stateObserver is not null)
                Show(hasEnded: false);

            int start = _state.EpochRows;
            int count = Math.Min(_batch, _order.Length - start);
            double loss = _step.Run(epoch, start, count, _steps);
            if (!double.IsFinite(loss))
                throw new TrainingDivergedException(epoch, _state.Update.Step, "the loss", loss, _step.LearningRate);

            _state.EpochRows += count;
            _state.RowsTaken += count;
            _observer?.OnStep(
                new StepEvent(epoch, _state.Update.Step, _steps, start + count, loss, _step.LearningRate));
        }

        return true;
    }

    bool Validate(int epoch)
    {
        if (_validation is null)
            return true;

        _validation.Measure(_parameters, _metrics);
        double watched = _metrics[_validation.Watched];
        _state.Update.Plateau = _schedule.Observe(_state.Update.Plateau, watched, _validation.HigherIsBetter);
        return _state.Best.Offer(epoch, watched, _validation.HigherIsBetter, _parameters);
    }

    void Show(bool hasEnded)
    {
        _state.EpochSum = _step.EpochSum;
        _stateObserver!.OnState(_state, hasEnded);
    }

    TrainingResult<T> Result(StopReason stopped)
    {
        if (_stateObserver is not null)
            Show(hasEnded: true);
        int epochs = _state.Epoch - 1;
        return new TrainingResult<T>
        {
            Parameters = _state.Best.Parameters ?? _parameters,
            Epochs = epochs,
            BestEpoch = _state.Best.Parameters is null ? epochs : _state.Best.Epoch,
            Steps = _state.Update.Step,
            RowsTaken = _state.RowsTaken,
            Loss = _state.Loss,
            Stopped = stopped,
        };
    }

    /// <summary>The last step of an epoch may have made parameters that no later loss will see.</summary>
    void ThrowUnlessFinite(int epoch, double loss)
    {
        foreach (T value in _parameters.Buffer.Span)
        {
            if (!T.IsFinite(value))
            {
                throw new TrainingDivergedException(
                    epoch, _state.Update.Step, "a parameter", Rounding.ToDouble(value), _step.LearningRate);
            }
        }

        if (!double.IsFinite(loss))
            throw new TrainingDivergedException(epoch, _state.Update.Step, "the loss", loss, _step.LearningRate);
    }
}

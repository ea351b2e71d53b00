using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// One training on its way: epochs of steps, and after each epoch the validation. It knows who takes the steps only as an engine,
/// and who else takes part only as an exchange.
/// </summary>
sealed class TrainingLoop<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly TrainingOptions _options;
    readonly Examples<T> _training;
    readonly Watchers<T> _watchers;
    readonly IEngine<T> _engine;
    readonly IExchange<T> _exchange;
    readonly TrainingState<T> _state;
    readonly EpochOrder _order;
    readonly int _batch;
    readonly long _steps;
    readonly double _totalWeight;
    readonly double[] _metrics;
    readonly UpdateOptions _update;
    readonly double[] _rates;
    readonly T[] _losses;
    CompensatedSum _epochSum;
    double _rate;

    public TrainingLoop(
        TrainingOptions options, TrainingState<T> state, Examples<T> training, Watchers<T> watchers, IEngine<T> engine,
        IExchange<T> exchange)
    {
        (_options, _state, _training, _watchers, _engine, _exchange) = (options, state, training, watchers, engine, exchange);
        _update = options.Update.Resolved;
        _batch = options.BatchOf(training.Count);
        _steps = (long)options.Epochs * ((training.Count + _batch - 1) / _batch);
        state.TotalSteps = _steps;
        _totalWeight = training.TotalWeight();
        _order = new EpochOrder(options, training.Count, _batch);
        _metrics = new double[watchers.Validation?.Metrics.Length ?? 0];
        _rates = new double[engine.StepsAtOnce];
        _losses = new T[Math.Min(training.Count, (long)_batch * engine.StepsAtOnce)];
        _epochSum = state.EpochSum;
        engine.Load(state);
    }

    public TrainingResult<T> Run(CancellationToken cancellation)
    {
        IValidation<T>? validation = _watchers.Validation;
        while (_state.Epoch <= _options.Epochs)
        {
            if (_exchange.Stops(HasWaitedEnough))
                return Result(StopReason.NoImprovement);
            if (!Pass(_state.Epoch, cancellation))
                return Result(StopReason.Cancelled);

            double loss = _epochSum.Value / _totalWeight;
            _engine.Read(_state);
            ThrowUnlessFinite(_state.Epoch, loss);
            bool isBest = Validate(_state.Epoch);
            _watchers.Observer?.OnEpoch(new EpochEvent
            {
                Epoch = _state.Epoch,
                Step = _state.Update.Step,
                Loss = loss,
                LearningRate = _rate,
                MetricNames = validation is null ? default : validation.Metrics.AsSpan(),
                Metrics = _metrics,
                IsBest = isBest,
            });
            (_state.Epoch, _state.EpochRows, _state.Loss) = (_state.Epoch + 1, 0, loss);
            _epochSum = default;
        }

        return Result(HasWaitedEnough ? StopReason.NoImprovement : StopReason.Completed);
    }

    /// <summary>Whether so many epochs in a row were no better that it is time to stop.</summary>
    bool HasWaitedEnough => _options.Patience > 0 && _state.Epoch - 1 - _state.Best.Epoch >= _options.Patience;

    /// <summary>An epoch's steps, from where it stands; false where it was cancelled before the last.</summary>
    bool Pass(int epoch, CancellationToken cancellation)
    {
        _order.Begin(epoch);
        while (_state.EpochRows < _training.Count)
        {
            if (_exchange.Stops(cancellation.IsCancellationRequested))
                return false;
            Show(hasEnded: false);
            Take(epoch, _state.EpochRows);
        }

        return true;
    }

    /// <summary>As many steps as the engine takes on end.</summary>
    void Take(int epoch, int first)
    {
        int steps = _rates.Length == 1 ? 1 : Math.Min(_rates.Length, (_training.Count - first + _batch - 1) / _batch);
        for (int i = 0; i < steps; i++)
        {
            _rates[i] = _update.LearningRateAt(
                new SchedulePosition(_state.Update.Step + i, _steps, epoch - 1, _state.Update.Plateau.Factor));
        }

        var stretch = new Stretch
        {
            Epoch = epoch,
            Order = _order.Rows,
            First = first,
            Rows = Math.Min(steps * _batch, _training.Count - first),
            BatchSize = _batch,
            LearningRates = _rates.AsSpan(0, steps),
        };
        long before = _state.Update.Step;
        int taken = _engine.Step(stretch, _losses);
        _exchange.HandOnLosses(_losses.AsSpan(0, stretch.Rows));
        for (int step = 0; step < taken; step++)
        {
            int start = step * _batch, count = Math.Min(_batch, stretch.Rows - start);
            _rate = _rates[step];
            double loss = AddLosses(first + start, _losses.AsSpan(start, count));
            if (!double.IsFinite(loss))
                throw new TrainingDivergedException(epoch, before + step + 1, "the loss", loss, _rate);

            _state.EpochRows += count;
            _state.RowsTaken += count;
            _watchers.Observer?.OnStep(new StepEvent(epoch, before + step + 1, _steps, first + start + count, loss, _rate));
        }
    }

    /// <summary>Adds the losses of a batch's rows, in their order, to its sum and to the epoch's.</summary>
    /// <returns>The batch's loss.</returns>
    double AddLosses(int first, ReadOnlySpan<T> losses)
    {
        // Locals stay in registers.
        CompensatedSum batch = default, epoch = _epochSum;
        if (_training.IsWeighted)
        {
            for (int row = 0; row < losses.Length; row++)
            {
                double loss = _training.WeightOf(_order.Rows[first + row]) * Rounding.ToDouble(losses[row]);
                batch.Add(loss);
                epoch.Add(loss);
            }
        }
        else
        {
            foreach (T value in losses)
            {
                double loss = Rounding.ToDouble(value);
                batch.Add(loss);
                epoch.Add(loss);
            }
        }

        _epochSum = epoch;
        return _options.Reduction == Reduction.Mean ? batch.Value / losses.Length : batch.Value;
    }

    bool Validate(int epoch)
    {
        if (_watchers.Validation is not { } validation)
            return true;

        if (validation is IMeasuredValidation<T> measured)
            measured.Measure(_engine, _metrics);
        else
            validation.Measure(_state.Parameters, _metrics);
        double watched = _metrics[validation.Watched];
        _state.Update.Plateau = _update.Schedule.Observe(_state.Update.Plateau, watched, validation.HigherIsBetter);
        return _state.Best.Offer(epoch, watched, validation.HigherIsBetter, _state.Parameters);
    }

    void Show(bool hasEnded)
    {
        if (_watchers.StateObserver is not { } observer || !observer.IsDue(_state, hasEnded))
            return;
        _engine.Read(_state);
        _state.EpochSum = _epochSum;
        observer.OnState(_state, hasEnded);
    }

    TrainingResult<T> Result(StopReason stopped)
    {
        Show(hasEnded: true);
        int epochs = _state.Epoch - 1;
        return new TrainingResult<T>
        {
            Parameters = _state.Best.Parameters ?? _state.Parameters,
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
        foreach (T value in _state.Parameters.Buffer.Span)
        {
            if (!T.IsFinite(value))
            {
                throw new TrainingDivergedException(
                    epoch, _state.Update.Step, "a parameter", Rounding.ToDouble(value), _rate);
            }
        }

        if (!double.IsFinite(loss))
            throw new TrainingDivergedException(epoch, _state.Update.Step, "the loss", loss, _rate);
    }
}

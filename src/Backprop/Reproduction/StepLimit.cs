using Backprop.Engine;

namespace Backprop;

/// <summary>Ends a training after a step, by the same way as a person who interrupts it there.</summary>
sealed class StepLimit : ITrainingObserver, IDisposable
{
    readonly CancellationTokenSource _cancellation;
    readonly ITrainingObserver? _observer;
    readonly long? _steps;

    /// <summary>A limit.</summary>
    /// <param name="run">How the training is run.</param>
    /// <param name="steps">The last step; null for no limit.</param>
    public StepLimit(RunOptions run, long? steps)
    {
        (_observer, _steps) = (run.Observer, steps);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        Options = run with { Observer = this, Cancellation = _cancellation.Token };
        if (steps == 0)
            _cancellation.Cancel();
    }

    /// <summary>The run with the limit.</summary>
    public RunOptions Options { get; }

    public void OnStep(in StepEvent step)
    {
        _observer?.OnStep(step);
        if (step.Step == _steps)
            _cancellation.Cancel();
    }

    public void OnEpoch(in EpochEvent epoch) => _observer?.OnEpoch(epoch);

    public void Dispose() => _cancellation.Dispose();
}

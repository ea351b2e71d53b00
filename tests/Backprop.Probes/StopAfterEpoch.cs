using Backprop.Engine;

namespace Backprop.Probes;

/// <summary>Interrupts a training after its first epoch.</summary>
sealed class StopAfterEpoch(CancellationTokenSource source) : ITrainingObserver
{
    public void OnStep(in StepEvent step)
    {
    }

    public void OnEpoch(in EpochEvent epoch) => source.Cancel();
}

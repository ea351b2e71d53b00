namespace Backprop.Engine.Tests;

/// <summary>Keeps what a training tells.</summary>
sealed class Recorder(Action<StepEvent>? onStep = null) : ITrainingObserver
{
    public List<StepEvent> Steps { get; } = [];

    public List<(int Epoch, long Step, double Loss, double LearningRate, double[] Metrics, bool IsBest)> Epochs { get; } = [];

    public void OnStep(in StepEvent step)
    {
        Steps.Add(step);
        onStep?.Invoke(step);
    }

    public void OnEpoch(in EpochEvent epoch) =>
        Epochs.Add((epoch.Epoch, epoch.Step, epoch.Loss, epoch.LearningRate, epoch.Metrics.ToArray(), epoch.IsBest));
}

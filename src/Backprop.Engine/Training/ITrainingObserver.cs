namespace Backprop.Engine;

/// <summary>Is told of every step and epoch, on the training thread, between steps. It changes nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>After a step.</summary>
    void OnStep(in StepEvent step);

    /// <summary>After an epoch and its validation.</summary>
    void OnEpoch(in EpochEvent epoch);
}

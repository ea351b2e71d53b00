namespace Backprop.Engine;

/// <summary>One step: one update from one batch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Step">The step, counted from 1 over the whole training.</param>
/// <param name="Steps">How many steps the training has if nothing stops it.</param>
/// <param name="Rows">How many training rows have been taken in this epoch so far.</param>
/// <param name="Loss">The batch's loss before its update.</param>
/// <param name="LearningRate">The learning rate of the update.</param>
public readonly record struct StepEvent(int Epoch, long Step, long Steps, int Rows, double Loss, double LearningRate);

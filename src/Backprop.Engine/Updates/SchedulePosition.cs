namespace Backprop.Engine;

/// <summary>Where training stands before a step.</summary>
/// <param name="Step">How many steps were taken, over all epochs.</param>
/// <param name="TotalSteps">How many steps all epochs have together, 1 or more.</param>
/// <param name="Epoch">How many epochs were finished.</param>
/// <param name="PlateauFactor">The saved <see cref="PlateauState.Factor"/>.</param>
public readonly record struct SchedulePosition(long Step, long TotalSteps, long Epoch, double PlateauFactor = 1);

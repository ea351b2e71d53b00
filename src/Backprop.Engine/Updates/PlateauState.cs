namespace Backprop.Engine;

/// <summary>Where the schedule <c>plateau</c> stands; other schedules leave it as it starts.</summary>
/// <param name="Factor">What the learning rate is multiplied by now.</param>
/// <param name="Best">The best metric so far, NaN before the first.</param>
/// <param name="Waited">How many epochs in a row have not improved on it.</param>
public readonly record struct PlateauState(double Factor, double Best, int Waited)
{
    /// <summary>Before the first epoch.</summary>
    public static PlateauState Start { get; } = new(1, double.NaN, 0);
}

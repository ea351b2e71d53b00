namespace Backprop.Engine;

/// <summary>The shapes of a <see cref="Schedule"/>.</summary>
enum ScheduleKind
{
    Constant = 0,
    Step = 1,
    Exponential = 2,
    Cosine = 3,
    OneCycle = 4,
    Plateau = 5,
}

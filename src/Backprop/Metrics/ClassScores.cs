namespace Backprop;

/// <summary>How well one class is recognised. A quotient 0/0 is 0.</summary>
/// <param name="Name">The class.</param>
/// <param name="Precision">Of the rows predicted as this class, the share that are of it.</param>
/// <param name="Recall">Of the rows of this class, the share predicted as it.</param>
/// <param name="F1">The harmonic mean of both: 2·hits / (rows of this class + rows predicted as it).</param>
/// <param name="Support">The weight of the rows of this class: their number where they have no weights.</param>
public readonly record struct ClassScores(string Name, double Precision, double Recall, double F1, double Support);

namespace Backprop;

/// <summary>Something about data that a training would go wrong by, or seem better by than it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Column">The column; empty where it is about whole rows.</param>
/// <param name="Number">What was counted or measured: rows, a share, a distance.</param>
/// <param name="Sentence">What was found, with the column and the number, and the flag that changes it.</param>
public readonly record struct DataWarning(DataWarningKind Kind, string Column, double Number, string Sentence);

namespace Backprop;

/// <summary>What is wanted of a column of a CSV file.</summary>
/// <param name="Given">Its kind, where that is not to be inferred.</param>
/// <param name="KeepsText">Whether the text of its cells is kept.</param>
/// <param name="ReasonForUnused">Why nothing but its text is wanted; null where its cells are.</param>
readonly record struct ColumnUse(ColumnKind? Given, bool KeepsText, string? ReasonForUnused);

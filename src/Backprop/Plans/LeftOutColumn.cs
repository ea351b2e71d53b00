namespace Backprop;

/// <summary>A column that no feature was made of.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">Why, as the end of a sentence: <c>it has the same value in every training row</c>.</param>
/// <param name="WayOut">What takes it nevertheless, as <c>--types x=number takes it</c>; null where nothing does.</param>
readonly record struct LeftOutColumn(string Name, string Reason, string? WayOut = null);

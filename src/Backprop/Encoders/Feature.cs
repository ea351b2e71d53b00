namespace Backprop;

/// <summary>One input number of the network.</summary>
/// <param name="Name">What it says: <c>age</c>, <c>age is missing</c>, <c>sex=female</c>.</param>
/// <param name="Column">The column it comes from.</param>
readonly record struct Feature(string Name, string Column);

namespace Backprop;

/// <summary>An input or output of a graph as another runtime sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><c>string</c>, <c>float</c> or <c>double</c>.</param>
/// <param name="Shape">Its dimensions: a name where any number may stand.</param>
readonly record struct OnnxValue(string Name, string Type, IReadOnlyList<string> Shape);

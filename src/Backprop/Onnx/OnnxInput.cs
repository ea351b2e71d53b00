namespace Backprop;

/// <summary>An input of a saved model in an ONNX runtime: [rows, 1], of texts or of numbers of the model's precision.</summary>
/// <param name="Column">The column that it takes.</param>
/// <param name="Name">What the input is called: as the column, or that with <c> (input)</c> where an output has the name.</param>
/// <param name="TakesText">Whether its elements are texts; otherwise they are numbers.</param>
public readonly record struct OnnxInput(string Column, string Name, bool TakesText);

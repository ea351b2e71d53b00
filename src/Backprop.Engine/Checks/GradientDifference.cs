namespace Backprop.Engine;

/// <summary>One entry of a gradient, by the error flow and by differences of the loss.</summary>
/// <param name="Row">Its row in the tensor, counted from 0: of W the input, of b 0, of a table the category, of ∂e/∂X⁰ the
/// example.</param>
/// <param name="Column">Its column, counted from 0: of W, b and factors the neuron, of ∂e/∂X⁰ the feature.</param>
/// <param name="Analytic">What the error flow says.</param>
/// <param name="Difference">What the differences say.</param>
/// <param name="Error">How far they are apart, divided by the tensor's scale (<see cref="GradientGroup.Scale"/>).</param>
public readonly record struct GradientDifference(int Row, int Column, double Analytic, double Difference, double Error);

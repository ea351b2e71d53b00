using Backprop.Engine;

namespace Backprop;

/// <summary>A layer of an ONNX network made elsewhere.</summary>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Outputs">The number of neurons.</param>
/// <param name="Weights">W [inputs, outputs], row-major.</param>
/// <param name="Bias">b [outputs], or null where it has none.</param>
/// <param name="Activation">The neurons' activation.</param>
sealed record DenseLayer(int Inputs, int Outputs, double[] Weights, double[]? Bias, Activation Activation);

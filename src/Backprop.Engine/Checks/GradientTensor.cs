namespace Backprop.Engine;

/// <summary>Which of a layer's derivatives are meant.</summary>
public enum GradientTensor
{
    /// <summary>∂e/∂W of a layer [in, out].</summary>
    Weights = 0,

    /// <summary>∂e/∂b of a layer [1, out].</summary>
    Biases = 1,

    /// <summary>∂e/∂X⁰, of the network's inputs [rows, inputs].</summary>
    Inputs = 2,
}

namespace Backprop.Engine;

/// <summary>Which of a layer's derivatives are meant.</summary>
public enum GradientTensor
{
    /// <summary>∂e/∂W of a dense layer [in, out].</summary>
    Weights = 0,

    /// <summary>∂e/∂b of a layer [1, out].</summary>
    Biases = 1,

    /// <summary>∂e/∂X⁰, of the network's inputs [rows, inputs].</summary>
    Inputs = 2,

    /// <summary>∂e by the factors of a layer that scales or normalises [1, out].</summary>
    Factors = 3,

    /// <summary>∂e by a table of embeddings [categories, columns].</summary>
    Table = 4,
}

namespace Backprop.Engine;

/// <summary>What stands between the last layer's activations and the network's output.</summary>
public enum OutputLink
{
    /// <summary>The outputs are the last layer's X, as its activations give them.</summary>
    None = 0,

    /// <summary>
    /// The outputs are softmax(U) of the last layer, whose activations are linear: xᵢ = e^uᵢ / Σⱼ e^uⱼ. It couples the
    /// neurons, so it is a link and not an activation.
    /// </summary>
    Softmax = 1,
}

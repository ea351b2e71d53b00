namespace Backprop.Engine;

/// <summary>What a loss reads of the network's last layer.</summary>
public enum LossKind
{
    /// <summary>The output X, whatever activations made it.</summary>
    Plain = 0,

    /// <summary>The total input U, together with the one activation that the last layer must have.</summary>
    Joint = 1,

    /// <summary>The total inputs U of a row together, whose output is softmax(U).</summary>
    Softmax = 2,
}

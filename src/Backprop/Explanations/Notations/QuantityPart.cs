namespace Backprop;

/// <summary>Where in the order of an explanation a quantity stands.</summary>
public enum QuantityPart
{
    /// <summary>What goes in.</summary>
    Inputs = 0,

    /// <summary>The value flow, layer after layer.</summary>
    ValueFlow = 1,

    /// <summary>The loss, or the likelihood.</summary>
    Loss = 2,

    /// <summary>The error flow, from the last layer to the inputs.</summary>
    ErrorFlow = 3,

    /// <summary>The first update.</summary>
    Update = 4,
}

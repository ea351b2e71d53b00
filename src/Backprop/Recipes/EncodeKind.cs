namespace Backprop;

/// <summary>How columns become the network's inputs.</summary>
public enum EncodeKind
{
    /// <summary>
    /// Numbers standardised, missing ones replaced by the median and marked; categories one-hot; regression targets
    /// standardised.
    /// </summary>
    Auto = 0,

    /// <summary>Numbers as they are, targets too: for an exact comparison with another system.</summary>
    None = 1,
}

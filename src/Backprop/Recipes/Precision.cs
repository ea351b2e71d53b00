namespace Backprop;

/// <summary>The element type of a training and of its model.</summary>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    Single = 0,

    /// <summary>64-bit floating point.</summary>
    Double = 1,
}

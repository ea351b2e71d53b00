namespace Backprop.Engine;

/// <summary>How a product walks through memory. Every strategy runs the same chains, so the choice changes no bit.</summary>
enum ProductStrategy
{
    /// <summary>Reads both operands where they lie.</summary>
    Direct,

    /// <summary>Copies a panel of the right operand, transposed where it must be, side by side before its tiles run.</summary>
    Packed,

    /// <summary>Computes the transposed result and turns it round: the operands change places.</summary>
    Transposed,
}

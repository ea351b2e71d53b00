namespace Backprop.Engine;

/// <summary>How a product walks through memory. Every strategy runs the same chains, so the choice changes no bit.</summary>
enum ProductStrategy
{
    /// <summary>Reads both operands where they lie.</summary>
    Direct,

    /// <summary>Copies panels side by side, transposed where they must be, before their tiles run.</summary>
    Packed,

    /// <summary>Computes the transposed result and turns it round: the operands change places.</summary>
    Transposed,

    /// <summary>Reads B row by row for each row of A, with the accumulators in memory: for one row, whose pace B sets.</summary>
    Streamed,
}

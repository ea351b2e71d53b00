namespace Backprop.Engine;

/// <summary>
/// How a tile walks through A, B and C, in bytes: what stays the same from tile to tile of one product. The steps let
/// one tile serve all three products: A is read by rows (X, ∂e/∂U) or by columns (Xᵀ).
/// </summary>
readonly struct TileSteps
{
    /// <summary>From one row of A to the next.</summary>
    public required nint RowOfA { get; init; }

    /// <summary>From one inner index to the next within a row of A.</summary>
    public required nint InnerOfA { get; init; }

    /// <summary>From one inner index to the next in B; its columns lie side by side.</summary>
    public required nint InnerOfB { get; init; }

    /// <summary>From one row of C to the next; its columns lie side by side.</summary>
    public required nint RowOfC { get; init; }

    /// <summary>How many inner indices.</summary>
    public required nint Count { get; init; }

    /// <summary>Whether the chains go on from what C holds or start at +0.</summary>
    public required bool GoOn { get; init; }
}

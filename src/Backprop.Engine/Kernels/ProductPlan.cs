namespace Backprop.Engine;

/// <summary>
/// Which strategy a product takes: by its sizes alone. U = X·W is always direct: W's rows are vectors where they lie, and
/// the stride of <see cref="Matrix{T}"/> spreads them over the cache, so packing them was never measured to pay.
/// </summary>
static class ProductPlan
{
    /// <summary>
    /// From so many outputs on, the rows of ∂e/∂U lie a page of memory (4096 bytes = 1024 floats) or a large part of it
    /// apart, and a panel of them is read once per tile: gathering it first saves 4 to 8 %. Below, that copy costs 2 to 4 %.
    /// </summary>
    const int PackedOutputs = 512;

    /// <summary>
    /// Up to two vectors of 256 bits: with fewer outputs, tiles whose vectors run along the outputs are partly empty;
    /// tiles of the transposed gradient, whose vectors run along the inputs, are full.
    /// </summary>
    const int NarrowOutputs = 12;

    /// <summary>Fewer rows make chains too short to pay for turning the result round.</summary>
    const int NarrowRows = 32;

    /// <summary>
    /// Turning the operands and the result round moves rows·(inputs + outputs) numbers, turning the weights round
    /// inputs·outputs: the smaller number wins.
    /// </summary>
    public static ProductStrategy Backward(int rows, int inputs, int outputs) =>
        (long)rows * ((long)inputs + outputs) < (long)inputs * outputs ? ProductStrategy.Transposed : ProductStrategy.Packed;

    public static ProductStrategy WeightGradient(int rows, int outputs) =>
        outputs <= NarrowOutputs && rows >= NarrowRows ? ProductStrategy.Transposed
        : outputs >= PackedOutputs ? ProductStrategy.Packed
        : ProductStrategy.Direct;
}

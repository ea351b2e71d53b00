namespace Backprop.Engine;

/// <summary>Which strategy a product takes: by its sizes alone.</summary>
static class ProductPlan
{
    /// <summary>
    /// From so many outputs on, each step of a chain takes a new page of memory (4096 bytes = 1024 floats), or nearly, in W
    /// (of U) or X and ∂e/∂U (of ∂e/∂W): gathering panels first saves 3 to 12 %. Below, that copy costs 2 to 7 %.
    /// </summary>
    const int PackedOutputs = 384;

    /// <summary>
    /// Inputs whose part of ∂e/∂W is made at a time: 256 rows of X are 144 KB of them, part of a second-level cache. Who cuts the
    /// gradient there has the product do nothing twice.
    /// </summary>
    public const int GatheredInputs = 144;

    /// <summary>
    /// With so few outputs, tiles whose vectors (8 or 16 floats) run along them are partly empty; tiles of the transposed
    /// gradient, whose vectors run along the inputs, are full: 10 outputs gain 25 %, 12 gain 10 %, 16 would lose.
    /// </summary>
    const int NarrowOutputs = 12;

    /// <summary>Fewer rows make chains too short to pay for turning the result round.</summary>
    const int NarrowRows = 32;

    /// <summary>
    /// Fewer rows do not pay for gathering: each panel of W serves as many tiles as there are rows, and 64 rows lose 3 to 5 %.
    /// </summary>
    const int PackedRows = 128;

    /// <summary>
    /// From so many outputs on, one row is faster by whole rows of weights than by tiles, which jump from row to row: 5 to
    /// 20 % where the weights are out of the second-level cache, 30 % where they are in it.
    /// </summary>
    const int StreamedOutputs = 128;

    public static ProductStrategy Forward(int rows, int outputs) =>
        outputs >= StreamedOutputs && rows == 1 ? ProductStrategy.Streamed
        : outputs >= PackedOutputs && rows >= PackedRows ? ProductStrategy.Packed : ProductStrategy.Direct;

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

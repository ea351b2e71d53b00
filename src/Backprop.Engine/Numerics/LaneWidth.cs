namespace Backprop.Engine;

/// <summary>
/// Which form of the kernels runs. The choice changes speed only, never a bit: tests run every form on any machine.
/// </summary>
enum LaneWidth
{
    /// <summary>Plain loops, the meaning of every kernel.</summary>
    Reference = 0,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,
}

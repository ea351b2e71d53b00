using System.Runtime.Intrinsics;

namespace Backprop.Engine;

/// <summary>The forms of the kernels, and the one that this machine runs best.</summary>
static class LaneWidths
{
    /// <summary>Every form, for tests.</summary>
    public static readonly LaneWidth[] All =
        [LaneWidth.Reference, LaneWidth.Bits128, LaneWidth.Bits256, LaneWidth.Bits512];

    /// <summary>The widest that this machine's hardware accelerates.</summary>
    public static LaneWidth Best { get; } =
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : LaneWidth.Bits128;
}

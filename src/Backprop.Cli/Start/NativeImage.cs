using System.Diagnostics.CodeAnalysis;

namespace Backprop.Cli;

/// <summary>
/// The native command is three images of the same program: the start, which runs on every x64 processor, and beside it
/// one for the processors of level x86-64-v3 (AVX2, FMA) and one for those of x86-64-v4 (AVX-512). The start gives way
/// to the best one that processor and system can run; where it finds none, it does the work itself, with the same bits.
/// </summary>
static class NativeImage
{
    /// <summary>Set by Native.targets in the image that is the start, nowhere else.</summary>
    const string StartSwitch = "Backprop.Cli.IsStart";

    [FeatureSwitchDefinition(StartSwitch)]
    static bool IsStart => AppContext.TryGetSwitch(StartSwitch, out bool isStart) && isStart;

    /// <summary>Goes on as a better image with the same arguments, and does not come back; comes back where there is none.</summary>
    public static void GiveWay(string[] arguments)
    {
        if (!IsStart || Environment.ProcessPath is not { } start)
            return;
        string?[] all = ["backprop", .. arguments, null];
        for (int level = ProcessorLevel.Highest(); level >= ProcessorLevel.LowestWithImage; level--)
            _ = LinuxCalls.Execute($"{start}.x86-64-v{level}", all);
    }
}

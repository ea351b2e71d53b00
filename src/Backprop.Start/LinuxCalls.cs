using System.Runtime.InteropServices;

namespace Backprop.Start;

/// <summary>
/// The calls of Linux's C library (glibc) that the framework has no name for. Nothing else calls the system itself.
/// </summary>
static partial class LinuxCalls
{
    const string Library = "libc.so.6";

    /// <summary>Goes on as another program: execv(3). Only where it cannot does this come back.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="arguments">Its name and arguments, and null at the end.</param>
    [LibraryImport(Library, EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, string?[] arguments);

    /// <summary>What the processor says of itself and what of it can be used, as sys/platform/x86.h asks.</summary>
    /// <param name="leaf">0 for leaf 1 of CPUID, 1 for leaf 7, 2 for leaf 0x80000001.</param>
    /// <exception cref="EntryPointNotFoundException">glibc is older than 2.33.</exception>
    public static unsafe ProcessorFeatures FeaturesOf(uint leaf) => *FeatureLeaf(leaf);

    [LibraryImport(Library, EntryPoint = "__x86_get_cpuid_feature_leaf")]
    private static unsafe partial ProcessorFeatures* FeatureLeaf(uint leaf);
}
